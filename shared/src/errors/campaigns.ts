import type { ProblemSection } from './section';

export const campaignProblems = {
  'campaigns:invalid-audience': { status: 400, title: '对象规则有误，请按提示修改' },
  'campaigns:invalid-questionnaire': { status: 400, title: '所选问卷版本不存在或尚未发布' },
  'campaigns:wrong-state': { status: 409, title: '当前状态不能进行这项操作，请刷新后查看' },
  'campaigns:content-not-sendable': { status: 422, title: '内容不符合渠道要求，请按提示修改后再送审' },
  'campaigns:hash-changed': { status: 409, title: '内容在您查看之后有改动，请重新核对送审稿编号' },
  'campaigns:same-person': { status: 403, title: '签发人不能是拟制人本人，请由另一位签发人办理' },
  'campaigns:heading-missing': { status: 409, title: '问卷缺少表号或备案信息，请补齐，或由签发人注明无需备案的理由' },
  'campaigns:empty-audience': { status: 409, title: '没有企业符合条件，请调整对象规则' },
  'campaigns:window-over': { status: 409, title: '已超过发送时段或填报截止时间，请调整时间后重新送审' },
  'campaigns:wrong-address': { status: 400, title: '接收人与所选渠道不符' },
  'campaigns:broken-link': { status: 404, title: '链接无效或已失效，请从原消息重新打开' },
  'campaigns:no-openid': { status: 409, title: '当前登录方式不能订阅消息，请在微信小程序内登录后再试' },
} as const satisfies ProblemSection;
