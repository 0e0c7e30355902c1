import { type CampaignCheck, type CampaignDetail, campaignsApi } from '@suiban/shared/api/campaigns';
import { useMemo } from 'react';
import { useRead } from '../../api/hooks';
import type { MessageTemplate } from './wizard/default-draft';

/** The check with the names people know: a template's fields by their names, in its order, never by the platform's keys. */
export function useNamedCheck(check: CampaignCheck | undefined, plan: CampaignDetail['plan']): CampaignCheck | undefined {
  const templates = useRead(campaignsApi.listMessageTemplates);
  const items = templates.data?.items;
  return useMemo(() => (check && items ? withNames(check, plan, items) : check), [check, plan, items]);
}

function withNames(check: CampaignCheck, plan: CampaignDetail['plan'], templates: readonly MessageTemplate[]): CampaignCheck {
  const templateOf = (step: number) => {
    const body = plan[step]?.body;
    if (!body || !('templateId' in body)) return undefined;
    return templates.find((each) => each.channel === body.channel && each.templateId === body.templateId);
  };
  return {
    ...check,
    previews: check.previews.map((preview) => {
      const template = templateOf(preview.step);
      return template ? namedPreview(preview, template) : preview;
    }),
    findings: check.findings.map((finding) => {
      const [, step = '', key = ''] = /^plan\/(\d+)\/body\/data\/(.+)$/.exec(finding.field) ?? [];
      const name = templateOf(Number(step || -1))?.fields.find((field) => field.key === key)?.name;
      if (!name) return finding;
      return {
        ...finding,
        detail: finding.detail.replace(`字段 ${key} `, `“${name}”`),
        detailEn: finding.detailEn.replace(`Field ${key} `, `“${name}” `),
      };
    }),
  };
}

function namedPreview(preview: CampaignCheck['previews'][number], template: MessageTemplate): CampaignCheck['previews'][number] {
  const lines = template.fields.map(({ key, name }) => ({
    label: name,
    text: preview.lines.find((line) => line.label === key || line.label === name)?.text ?? '',
  }));
  return { ...preview, title: preview.title || template.title, lines };
}
