import { identityApi } from '@suiban/shared/api/identity';
import { ApiClient } from '../support/api-client';

interface Welcome {
  readonly baseUrl: string;
  readonly localUrl: string;
  readonly elapsed: string;
  readonly isDemo: boolean;
}

const nextClicks = `接下来 · next
  1. 以签发人（signatory）登录管理台，工作台里有一份待签发的“经营情况快问”：签发并启动
     sign in as signatory: the workbench has a visit to sign and launch
  2. 打开手机模拟器，选“巷口小馆”的企业微信卡片直接作答，选“桂香面馆”的短信点链接填问卷
     open the phones: answer a card in the chat, and a questionnaire from an SMS link
  3. 以派单员（dispatcher）登录，把企业反映的诉求派单，办到“已办结”
     sign in as dispatcher: assign what the firms reported and see it closed`;

const width = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);
const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(1, to - width(text)));

/** Who may sign in; empty outside a demo. */
async function accounts(localUrl: string): Promise<string> {
  const { items } = await new ApiClient(localUrl).call(identityApi.listDemoOfficials);
  const main = items.filter(({ username }) => !username.startsWith('handler-'));
  const others = items.length - main.length;
  const lines = main.map(
    ({ username, password, name, bureauName }) => `  ${pad(username, 14)}${pad(password, 14)}${pad(name, 20)}${bureauName}`,
  );
  return [...lines, ...(others > 0 ? [`  handler-<部门>  各部门另有承办人 ${others} 名，登录页可选`] : [])].join('\n');
}

/** Where to look, as whom, and what to click first. */
export async function printWelcome({ baseUrl, localUrl, elapsed, isDemo }: Welcome): Promise<void> {
  const who = isDemo
    ? `登录 · sign in（演示账号不需要动态验证码 · demo accounts skip the second factor）\n${await accounts(localUrl)}\n\n${nextClicks}`
    : '没有演示账号：用 npm run official -- add … 添加工作人员 · no demo accounts here: add officials with npm run official';
  console.log(`
随办 Suiban 已就绪 · ready (${elapsed})

  管理台 console       ${baseUrl}/console/${isDemo ? `\n  手机模拟器 phones     ${baseUrl}/sandbox/` : ''}
  小程序 H5            ${baseUrl}/m/
  接口 OpenAPI         ${baseUrl}/openapi.json

${who}

Ctrl+C 停止 · stops everything
`);
}
