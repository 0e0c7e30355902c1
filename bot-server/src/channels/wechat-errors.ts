import type { ErrorTable } from './platform-answer';

/**
 * What every account at api.weixin.qq.com may hear, in words that name it.
 * @see https://developers.weixin.qq.com/doc/service/guide/dev/errcode.html (read 2026-11)
 */
export const wechatErrors = (account: { readonly zh: string; readonly en: string }): ErrorTable => ({
  '-1': ['transient', '微信系统繁忙', 'WeChat is busy', '稍后会自动再试', 'Tried again by itself'],
  '40001': [
    'auth',
    '访问凭证失效',
    'Invalid access token',
    `稍后会自动再试；多次出现请系统管理员检查${account.zh}密钥`,
    'Tried again by itself',
  ],
  '40013': [
    'auth',
    `${account.zh}编号不正确`,
    `Wrong app id of the ${account.en}`,
    `请系统管理员检查${account.zh}编号`,
    'Check the app id',
  ],
  '40014': ['auth', '访问凭证失效', 'Invalid access token', '稍后会自动再试', 'Tried again by itself'],
  '40125': ['auth', `${account.zh}密钥不正确`, 'Wrong app secret', `请系统管理员检查${account.zh}密钥`, 'Check the app secret'],
  '40164': [
    'auth',
    '本服务的地址不在微信的白名单内',
    'Our address is not on the allow-list',
    '请系统管理员在微信后台登记服务器地址',
    'Register the server address',
  ],
  '40243': ['auth', `${account.zh}密钥已冻结`, 'The app secret is frozen', '请系统管理员在微信后台解冻', 'Unfreeze the secret'],
  '42001': ['auth', '访问凭证过期', 'Expired access token', '稍后会自动再试', 'Tried again by itself'],
  '50004': [
    'auth',
    `${account.zh}账号被停用`,
    'The account is disabled',
    '请系统管理员在微信后台查看账号状态',
    'Check the account at WeChat',
  ],
  '50007': [
    'auth',
    `${account.zh}账号已冻结`,
    'The account is frozen',
    '请系统管理员在微信后台查看账号状态',
    'Check the account at WeChat',
  ],
  '89503': [
    'auth',
    '本次调用需要账号管理员确认',
    'An administrator must confirm',
    '请账号管理员在微信里确认后再试',
    'Confirm it in WeChat',
  ],
  '89506': [
    'auth',
    '账号管理员拒绝了本服务的地址',
    'An administrator refused our address',
    '请账号管理员在微信后台登记服务器地址',
    'Register the server address',
  ],
  '89507': [
    'auth',
    '账号管理员一小时内拒绝过本服务的地址',
    'An administrator refused our address within the hour',
    '一小时后再试，或请账号管理员登记服务器地址',
    'Register the server address',
  ],
  '45009': ['quota', '调用次数超过当日上限', 'Over the daily limit', '稍后会自动再试，或改日重发', 'Tried again by itself'],
  '45011': ['quota', '调用频率过高', 'Too frequent', '稍后会自动再试', 'Tried again by itself'],
  '47001': ['permanent', '内容格式不符', 'Malformed content', '请系统管理员检查', 'Ask the system administrator'],
  '47003': ['permanent', '有字段不符合模板要求', 'A field does not fit the template', '按字段要求修改后重新送审', 'Change the field'],
  '40037': ['permanent', '消息模板不存在', 'No such template', '在送审稿里换一个模板', 'Choose another template'],
  '48001': ['permanent', `${account.zh}没有这项权限`, 'No permission', '请系统管理员在微信后台开通', 'Enable it at WeChat'],
});
