import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxAccounts } from '@suiban/shared/sandbox';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';

export const wecom = sandboxAccounts.wecom;
export const mini = sandboxAccounts.wechatMini;
export type Json = Record<string, unknown>;

export interface Push {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that takes callbacks and remembers them; `answer` decides what it says. */
export function callbackServer(answer: (push: Push, count: number) => number | 'silence' = () => 200) {
  return pushServer((push, count, response) => {
    const status = answer(push, count);
    if (status !== 'silence') response.writeHead(status).end();
  });
}

/** One that says something in its 200. */
export const answeringServer = (answer: (count: number) => string) =>
  pushServer((_push, count, response) => response.writeHead(200, { 'content-type': 'text/xml' }).end(answer(count)));

export async function pushServer(answer: (push: Push, count: number, response: ServerResponse) => void) {
  const pushes: Push[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const push = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', 'http://server'),
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      pushes.push(push);
      answer(push, pushes.length, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    pushes,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 4000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A running sandbox and the few calls every test makes. */
export async function sandbox(pushTarget?: string) {
  const running: RunningEmulators = await startEmulators({ port: 0, ...(pushTarget ? { pushTarget } : {}) });
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const raw = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${running.url}${path}`, { method, headers, ...(raw === undefined ? {} : { body: raw as string }) });
    return { status: response.status, body: (await response.json()) as Json };
  };
  const get = (path: string) => call('GET', path);
  const post = (path: string, body: unknown, headers?: Record<string, string>) => call('POST', path, body, headers);
  const corpToken = async (corp: { corpId: string; secret: string } = wecom): Promise<string> =>
    String((await get(`/wecom/cgi-bin/gettoken?corpid=${corp.corpId}&corpsecret=${corp.secret}`)).body.access_token);
  return {
    ...running,
    get,
    post,
    script: (body: Json) => post('/script', body),
    messages: async (query = '') => (await get(`/observe/messages?limit=20000${query}`)).body.messages as Json[],
    corpToken,
    sendWecom: async (body: unknown, token?: string) =>
      post(`/wecom/cgi-bin/message/send?access_token=${token ?? (await corpToken())}`, body),
    miniToken: async (): Promise<string> =>
      String(
        (await post('/wechat/cgi-bin/stable_token', { grant_type: 'client_credential', appid: mini.appId, secret: mini.secret })).body
          .access_token,
      ),
    sendSms: (body: unknown, key: string = sandboxAccounts.sms.key) => post('/sms/messages', body, { authorization: `Bearer ${key}` }),
  };
}

export type Sandbox = Awaited<ReturnType<typeof sandbox>>;

export const textcard = (touser: string, more: Json = {}): Json => ({
  touser,
  agentid: wecom.agentId,
  msgtype: 'textcard',
  textcard: { title: '餐饮企业服务问卷', description: '8 题，约 3 分钟', url: 'https://city.example/w/c12a1', btntxt: '去填写' },
  ...more,
});

export const voteCard = (touser: string, taskId: string, more: Json = {}): Json => ({
  touser,
  agentid: wecom.agentId,
  msgtype: 'template_card',
  template_card: {
    card_type: 'vote_interaction',
    main_title: { title: '目前经营情况', desc: '1 题' },
    task_id: taskId,
    checkbox: {
      question_key: 'q1',
      mode: 0,
      option_list: [
        { id: 'a', text: '正常经营' },
        { id: 'b', text: '暂停营业' },
      ],
    },
    submit_button: { text: '提交', key: 'submit' },
    ...more,
  },
});
