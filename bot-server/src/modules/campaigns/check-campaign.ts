import type { CampaignCheck } from '@suiban/shared/api/campaigns';
import type { ChannelBody } from '../../channels/channel';
import type { OfficialActor } from '../../kernel/http/actor';
import { audienceSteps, countReach } from '../dispatch';
import type { Deps } from '../module';
import { mayRead } from './campaigns.policy';
import type { CampaignRow } from './campaigns.repo';
import { findingsOf } from './content/checks';
import { cardFit, type Facts, frozenStepsOf, inboxOf, renderBody } from './content/render';
import { contentFacts, requireCampaign } from './loading';
import { audienceOf } from './start';

type Preview = CampaignCheck['previews'][number];

/** What the steps 预览与试发 and 送审 show: findings, bodies as the phones show them, burden. */
export async function checkCampaign(deps: Deps, actor: OfficialActor, campaignId: string): Promise<CampaignCheck> {
  mayRead(actor);
  const row = await requireCampaign(deps.db, campaignId);
  const facts = await contentFacts(deps, deps.db, row);
  const findings = findingsOf(deps, row, facts);
  const planned = findings.some(({ field }) => field.startsWith('audience')) ? 0 : await plannedOf(deps, row, facts);
  const fit = cardFit(facts);
  const inbox = inboxOf(row, facts);
  return {
    findings: [...findings],
    canSubmit: findings.every(({ severity }) => severity !== 'error'),
    contentHash: row.contentHash,
    burden: { minutesPerFirm: facts.minutes, planned, hoursInAll: Math.round((facts.minutes * planned) / 60) },
    card: { isPossible: fit.ok, detail: fit.ok ? '可以作为卡片直接在聊天里填写' : fit.reason.zh },
    previews: row.plan.flatMap(({ body }, step) => {
      const rendered = renderBody(body, facts);
      return rendered ? [previewOf(deps, rendered, step)] : [];
    }),
    inbox: { title: inbox.title, summary: inbox.summary },
  };
}

async function plannedOf(deps: Deps, row: CampaignRow, facts: Facts): Promise<number> {
  const { audience } = audienceOf(deps, row);
  return (await countReach(deps.db, { ...audience, steps: audienceSteps(frozenStepsOf(row.plan, facts)) })).planned;
}

/** Operators charge 70 characters as one message, longer texts by 67. */
const segmentsOf = (text: string): number => {
  const { length } = [...text];
  return length <= 70 ? 1 : Math.ceil(length / 67);
};

function previewOf(deps: Deps, body: ChannelBody, step: number): Preview {
  const plain = { step, title: '', lines: [], text: '', buttonText: '', questions: [], segments: 0 };
  const example = `${deps.config.publicBaseUrl}/s/1-1-1-xxxxxxxxxx`;
  switch (body.channel) {
    case 'wechat-mini':
      return {
        ...plain,
        channel: 'wechat-mini',
        form: 'template',
        lines: Object.entries(body.data).map(([label, text]) => ({ label, text })),
      };
    case 'wecom':
      if (body.form === 'textcard') {
        return { ...plain, channel: 'wecom', form: 'textcard', title: body.title, text: body.description, buttonText: body.buttonText };
      }
      return {
        ...plain,
        channel: 'wecom',
        form: 'card',
        title: body.title,
        text: body.description,
        buttonText: body.card.submitText,
        questions: body.card.questions.map(({ title, mode, options }) => ({ title, mode, options: options.map((option) => option.text) })),
      };
    case 'sms': {
      const text = `【${body.signName}】${body.text.replaceAll('{link}', example)}`;
      return { ...plain, channel: 'sms', form: 'text', text, segments: segmentsOf(text) };
    }
    case 'inbox':
      throw new Error('the message centre is no step of a plan');
  }
}
