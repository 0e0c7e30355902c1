import type { BodyDraft, SendingChannel } from '@suiban/shared/api/campaigns';
import { addressKindOf, addressKindWords, channelWords } from '@suiban/shared/campaigns';
import { dictionary, type Lang } from '@suiban/shared/text';

export const campaignWords = dictionary(
  {
    title: '推送活动',
    create: '新建走访或推送',
    search: '名称',
    anyState: '全部状态',
    anyKind: '全部类型',
    cloud_visit: '企业服务问卷',
    notice: '政策通知',
    name: '名称',
    state: '状态',
    bureau: '发起单位',
    drafter: '拟制人',
    signatory: '签发人',
    progress: '发送',
    answered: '填报',
    closes: '填报截止',
    empty: '还没有推送活动。新建一次走访：选对象、写内容、送审、签发、启动。',
    planned: '应发 {count}',
    none: '—',
  },
  {
    title: 'Campaigns',
    create: 'New campaign',
    search: 'Title',
    anyState: 'All states',
    anyKind: 'All kinds',
    cloud_visit: 'Questionnaire',
    notice: 'Policy notice',
    name: 'Title',
    state: 'State',
    bureau: 'Bureau',
    drafter: 'Drafter',
    signatory: 'Signatory',
    progress: 'Sending',
    answered: 'Answers',
    closes: 'Closes',
    empty: 'No campaigns yet. Create one: choose the audience, write the content, submit, sign, launch.',
    planned: '{count} planned',
    none: '—',
  },
);

export const channelText = (channel: SendingChannel, lang: Lang): string => channelWords[channel][lang];

/** A step of a plan by the addresses it goes to: WeCom members and customers are two. */
export const stepText = (body: BodyDraft, lang: Lang): string => addressKindWords(addressKindOf(body))[lang];
