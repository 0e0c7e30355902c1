import { campaignsApi } from '@suiban/shared/api/campaigns';
import { conversationsApi } from '@suiban/shared/api/conversations';
import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import { workOrdersApi } from '@suiban/shared/api/work-orders';
import type { Cast } from '../../scripts/support/officials';

export interface ConsolePage {
  readonly name: string;
  readonly path: string;
  /** Words that only this page shows: an error page has no obstacles either. */
  readonly has: string;
  /** Who looks at it. */
  readonly as: 'drafter' | 'signatory' | 'dispatcher' | 'auditor';
}

/** Every page of the console, with a thing of the seeded city on it; pages of one campaign in each of its states. */
export async function consolePages({ drafter, dispatcher }: Cast): Promise<readonly ConsolePage[]> {
  const campaigns = (await drafter.call(campaignsApi.listCampaigns, { query: { limit: 50 } })).items;
  const idOf = (state: string): string => campaigns.find((each) => each.state === state)?.id ?? '';
  const finished = campaigns.find(({ counts, state }) => state !== 'running' && counts.answered > 0)?.id;
  const [form] = (await drafter.call(questionnairesApi.listQuestionnaires, { query: { limit: 1 } })).items;
  const [firm] = (await drafter.call(enterprisesApi.listEnterprises, { query: { limit: 1 } })).items;
  const [run] = (await drafter.call(enterprisesApi.listImports, { query: { limit: 1 } })).items;
  const orders = (await dispatcher.call(workOrdersApi.listWorkOrders, { query: { limit: 50, sort: 'newest' } })).items;
  const [conversation] = (await dispatcher.call(conversationsApi.listConversations, { query: { view: 'waiting' } })).items;
  const orderOf = (state: string): string => orders.find((each) => each.state === state)?.id ?? '';
  const page = (name: string, path: string, has: string, as: ConsolePage['as'] = 'drafter'): ConsolePage => ({
    name,
    path: `/console${path}`,
    has,
    as,
  });
  return [
    page('workbench', '/', '近 14 天'),
    page('workbench of the signatory', '/', '待签发', 'signatory'),
    page('campaigns', '/campaigns', '全部类型'),
    page('new campaign', '/campaigns/new', '目的与内容'),
    page('draft in the wizard', `/campaigns/${idOf('draft')}/edit`, '修改：'),
    page('running campaign', `/campaigns/${idOf('running')}`, '发送中'),
    page('finished campaign', `/campaigns/${finished}`, '发送核验单'),
    page('campaign in review', `/campaigns/${idOf('in_review')}`, '目的与内容', 'signatory'),
    page('results', `/campaigns/${finished}/results`, '目前门店经营情况'),
    page('questionnaires', '/questionnaires', '导入问卷星文本'),
    page('designer', `/questionnaires/${form?.id}`, '添加题目'),
    page('questionnaire import', '/questionnaires/import', 'GB18030'),
    page('enterprises', '/enterprises', '触达漏斗'),
    page('enterprise', `/enterprises/${firm?.id}`, '基本情况'),
    page('imports', '/imports', '下载模板'),
    page('import', `/imports/${run?.id}`, '未导入的行'),
    page('work orders', '/work-orders', '解决率', 'dispatcher'),
    page('work order to assign', `/work-orders/${orderOf('to-assign')}`, '办理经过', 'dispatcher'),
    page('closed work order', `/work-orders/${orderOf('closed')}`, '企业评价', 'dispatcher'),
    page('conversations', '/conversations', '从左侧选择一个会话', 'dispatcher'),
    page('no conversation of mine', '/conversations?view=mine', '您还没有接待中的会话', 'dispatcher'),
    page('waiting conversation', `/conversations/${conversation?.id}`, '接入后才能回复', 'dispatcher'),
    page('audit', '/audit', '校验审计链', 'auditor'),
    page('not found', '/nowhere', '没有这个页面'),
  ];
}
