import type { TimelineEntry } from '@suiban/shared/api/work-orders';
import { roleWords } from '@suiban/shared/work-orders';
import type { Deps } from '../../module';
import type { AttachmentRow } from '../attachments.repo';
import type { EventRow } from '../events.repo';
import { bureauName } from '../notices';

const fileOf = (file: AttachmentRow): TimelineEntry['attachments'][number] => ({
  id: file.id,
  fileName: file.file_name,
  mimeType: file.mime_type,
  sizeBytes: file.size_bytes,
});

/** 市商务委 · 承办人, 企业, 系统. */
function officeLabel(deps: Pick<Deps, 'city'>, event: EventRow): string {
  const role = roleWords[event.actor_role].zh;
  const bureau = bureauName(deps, event.actor_bureau_id);
  return bureau === null ? role : `${bureau} · ${role}`;
}

/** For officials: every line, with who it was. */
export const officialTimeline = (
  deps: Pick<Deps, 'city'>,
  events: readonly EventRow[],
  files: readonly AttachmentRow[],
  names: ReadonlyMap<string, string>,
): TimelineEntry[] =>
  events.map((event) => {
    const name = event.actor_kind === 'official' ? names.get(event.actor_id) : undefined;
    const label = officeLabel(deps, event);
    return {
      id: event.id,
      at: event.at.toISOString(),
      action: event.action,
      actorLabel: name === undefined ? label : `${label} · ${name}`,
      text: event.body ?? event.public_body,
      attachments: files.filter((file) => file.event_id === event.id).map(fileOf),
    };
  });

/** For the firm: no internal line, no official's name, no words between offices; files come with the approval of their reply. */
export const firmTimeline = (deps: Pick<Deps, 'city'>, events: readonly EventRow[], files: readonly AttachmentRow[]): TimelineEntry[] =>
  events
    .filter((event) => !event.is_internal)
    .map((event) => ({
      id: event.id,
      at: event.at.toISOString(),
      action: event.action,
      actorLabel: officeLabel(deps, event),
      text: event.public_body,
      attachments: files.filter((file) => file.public_event_id === event.id).map(fileOf),
    }));
