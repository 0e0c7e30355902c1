import { findQuestion, type SurveyDocument } from '@suiban/shared/surveys';
import type { GivenAnswers } from './answering';

type Random = () => number;

const pickOf = <T>(random: Random, list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];

/** What restaurants ask for, by the matter it belongs to; ids are those of every city profile. */
const requests: readonly [{ matter: string; difficulty: string; text: string }, ...{ matter: string; difficulty: string; text: string }[]] =
  [
    { matter: 'rent', difficulty: 'rent', text: '门店租约下月到期，房东要求上涨三成，希望协调按原价续租一年。' },
    { matter: 'rent', difficulty: 'rent', text: '承租的是国有房屋，去年的减免还有两个月没有兑现，希望尽快落实。' },
    { matter: 'labour', difficulty: 'labour', text: '后厨缺两名厨师，招了三个月没有合适的人，希望帮助对接技校。' },
    { matter: 'financing', difficulty: 'cash', text: '食材货款账期变长，需要三十万元周转，希望了解能申请的贴息贷款。' },
    { matter: 'permit', difficulty: 'permits', text: '想在门口增设四张外摆桌，不清楚要办哪些手续，希望有人上门指导。' },
    { matter: 'demand', difficulty: 'customers', text: '旁边道路施工围挡挡住了店招，客流少了一半，希望开一个通行口。' },
    { matter: 'supply', difficulty: 'ingredients', text: '冷链配送车上午进不了步行街，希望延长早间卸货时间。' },
    { matter: 'environment', difficulty: 'permits', text: '油烟净化器刚换新，仍被反映有味道，希望安排一次检测给出意见。' },
  ];

/** Answers of one restaurant, varied but plausible; `hasRequest` fixes whether it asks for something. */
export function restaurantAnswers(random: Random, document: SurveyDocument, hasRequest = random() < 0.35): GivenAnswers {
  const operation = pickOf(random, ['normal', 'normal', 'normal', 'normal', 'partial', 'suspended']);
  const isOpen = operation === 'normal' || operation === 'partial';
  const request = pickOf(random, requests);
  const matter = findQuestion(document, 'matter');
  const isMatter = matter?.kind === 'dropdown' && matter.config.options.some(({ id }) => id === request.matter);
  const second = pickOf(random, ['customers', 'labour', 'ingredients', 'platform-fees']);
  const options = hasRequest ? [...new Set([request.difficulty, second])] : random() < 0.4 ? ['none'] : [second];
  return {
    operation: { option: operation },
    ...(isOpen ? { turnover: { option: pickOf(random, ['up', 'up-much', 'flat', 'flat', 'down', 'down', 'down-much']) } } : {}),
    difficulties: { options },
    ...(hasRequest ? { request: request.text, matter: { option: isMatter ? request.matter : 'other' } } : {}),
    policies: {
      options: random() < 0.25 ? ['none'] : [...new Set([pickOf(random, ['tax', 'loan', 'jobs']), pickOf(random, ['rent', 'training'])])],
    },
    nameVisible: { option: pickOf(random, ['public', 'public', 'industry-district', 'hidden']) },
  };
}
