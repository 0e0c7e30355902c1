import { randomBytes } from 'node:crypto';
import type { Answer } from './platform-call';

/** What the platforms' documentation says of each code used here. */
const MEANINGS: Readonly<Record<string, string>> = {
  '-1': 'system error',
  '40001': 'invalid credential, access_token is invalid or not latest',
  '40002': 'invalid grant_type',
  '40003': 'invalid openid',
  '40008': 'invalid message type',
  '40013': 'invalid appid',
  '40014': 'invalid access_token',
  '40029': 'invalid code',
  '40035': 'invalid argument',
  '40037': 'invalid template_id',
  '40056': 'invalid agentid',
  '40058': 'invalid Request Parameter',
  '40068': 'invalid tagid',
  '40125': 'invalid appsecret',
  '40129': 'invalid scene',
  '40163': 'code been used',
  '40164': 'invalid ip, not in whitelist',
  '41001': 'access_token missing',
  '41002': 'appid missing',
  '41004': 'appsecret missing',
  '41008': 'missing code',
  '41011': 'missing agentid',
  '41046': 'missing msgid',
  '41047': 'invalid msgid',
  '41048': 'no customer to send',
  '41030': 'invalid page',
  '42001': 'access_token expired',
  '43002': 'require POST method',
  '43101': 'user refuse to accept the msg',
  '43107': 'template is banned',
  '43108': 'concurrent sends to the same user',
  '44991': 'over frequency',
  '45009': 'api freq out of limit',
  '45011': 'api minute-quota reach limit, try again later',
  '45033': 'api concurrent out of limit',
  '40007': 'invalid media_id',
  '40016': 'invalid button size',
  '40017': 'invalid button type',
  '40018': 'invalid button name size',
  '40019': 'invalid button key size',
  '40020': 'invalid button url size',
  '40023': 'invalid sub button size',
  '40025': 'invalid sub button name size',
  '40097': 'invalid args',
  '40130': 'invalid openid list size, at least two openid',
  '40165': 'invalid weapp pagepath',
  '40169': 'invalid length for scene, or the data is not json string',
  '43004': 'require subscribe',
  '44004': 'empty content',
  '45002': 'content size out of limit',
  '45008': 'article size out of limit',
  '45015': 'response out of time limit or subscription is canceled',
  '45028': 'has no masssend quota',
  '45047': 'out of response count limit',
  '45065': 'clientmsgid exist',
  '45066': 'clientmsgid retry too fast',
  '45067': 'clientmsgid size out of limit',
  '46003': 'menu no exist',
  '87009': 'invalid signature',
  '45168': 'sensitive word',
  '47001': 'data format error',
  '47003': 'argument invalid!',
  '60011': 'no privilege to access/modify contact/party/agent',
  '60020': 'not allow to access from your ip',
  '60111': 'UserID not found',
  '48001': 'api unauthorized',
  '53503': 'draft did not pass the publish check',
  '53504': 'draft can only be used on the official site',
  '53505': 'draft must be saved by hand first',
  '61010': 'code is expired',
  '93000': 'invalid webhook url',
  '81013': 'user & party & tag all invalid',
  '82001': 'invalid touser, toparty, totag',
  '82020': 'user never visited the city service',
  '82021': 'user did not visit the city service in 30 days',
  '82022': 'too many messages in 30 days',
  '82023': 'too many messages in an hour',
  '82024': 'invalid order_no',
  '82025': 'invalid url',
  '82026': 'service is offline',
};

/** `{errcode, errmsg}` with HTTP 200, as both platforms refuse; `detail` names the field at fault. */
export function refusal(code: number | string, detail = '', facts: Pick<Answer, 'subject' | 'count'> = {}): Answer {
  const meaning = MEANINGS[String(code)] ?? 'error';
  const errmsg = `${meaning}${detail ? ` ${detail}` : ''} rid: ${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}`;
  return { body: { errcode: Number(code), errmsg }, code: String(code), isRefusal: true, detail, ...facts };
}

export const success = (body: object, facts: Pick<Answer, 'subject' | 'count' | 'detail'> = {}): Answer => ({
  body: { errcode: 0, errmsg: 'ok', ...body },
  code: '0',
  isRefusal: false,
  ...facts,
});

/** A scripted fault: an HTTP status other than 200 comes without a readable body, as from a broken gateway. */
export const scripted = (code: string, httpStatus: number): Answer =>
  httpStatus === 200
    ? refusal(code)
    : { status: httpStatus, body: { message: 'upstream error' }, code: String(httpStatus), isRefusal: true, detail: `HTTP ${httpStatus}` };
