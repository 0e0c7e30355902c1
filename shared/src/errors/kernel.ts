import type { ProblemSection } from './section';

export const kernelProblems = {
  'kernel:invalid-request': { status: 400, title: '请求内容不符合要求' },
  'kernel:not-signed-in': { status: 401, title: '请先登录' },
  'kernel:forged-callback': { status: 401, title: '签名校验未通过' },
  'kernel:not-allowed': { status: 403, title: '没有这项权限' },
  'kernel:not-found': { status: 404, title: '没有找到' },
  'kernel:method-not-allowed': { status: 405, title: '不支持这种请求方式' },
  'kernel:timeout': { status: 408, title: '请求超时' },
  'kernel:conflict': { status: 409, title: '内容已被他人修改，请刷新后重试' },
  'kernel:too-large': { status: 413, title: '内容超出大小限制' },
  'kernel:unsupported-type': { status: 415, title: '不支持这种文件类型' },
  'kernel:idempotency-mismatch': { status: 422, title: '同一个 Idempotency-Key 用在了不同的内容上' },
  'kernel:too-many-requests': { status: 429, title: '操作过于频繁，请稍后再试' },
  'kernel:internal': { status: 500, title: '服务暂时出错，您填写的内容没有丢失，请稍后重试' },
  'kernel:upstream': { status: 502, title: '平台暂时没有响应，请稍后重试' },
  'kernel:unavailable': { status: 503, title: '服务繁忙，请稍后重试' },
} as const satisfies ProblemSection;
