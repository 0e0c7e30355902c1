import type { CampaignCheck } from '@suiban/shared/api/campaigns';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language';
import { phoneWords } from './phone-preview.words';
import './phone-preview.css';

export type MessagePreview = CampaignCheck['previews'][number];

interface PhonePreviewProps {
  preview: MessagePreview;
  /** Who the phone names as the sender: the product, or the institution. */
  sender: string;
  /** In place of the channel's name above the frame. */
  caption?: ReactNode;
}

/** A message as the phone shows it: one frame per channel. */
export function PhonePreview({ preview, sender, caption }: PhonePreviewProps) {
  const w = useWords(phoneWords);
  const channel = w(preview.channel);
  return (
    <Frame label={w('preview', { channel })} caption={caption ?? channel} sender={sender}>
      <Message preview={preview} sender={sender} />
      {preview.channel === 'sms' ? <Tag>{w('segments', { count: preview.segments })}</Tag> : null}
    </Frame>
  );
}

/** The notice in the message centre, which every firm of the list gets. */
export function InboxPreview({ inbox, sender }: { inbox: CampaignCheck['inbox']; sender: string }) {
  const w = useWords(phoneWords);
  return (
    <Frame label={w('preview', { channel: w('inbox') })} caption={w('inbox')} sender={sender}>
      <div className="phone-card">
        <strong>{inbox.title || w('blank')}</strong>
        <p>{inbox.summary}</p>
        <span className="phone-link">{w('why')}</span>
      </div>
    </Frame>
  );
}

function Frame({ label, caption, sender, children }: { label: string; caption: ReactNode; sender: string; children: ReactNode }) {
  const w = useWords(phoneWords);
  return (
    <figure className="phone" aria-label={label}>
      <figcaption>{caption}</figcaption>
      <div className="phone-screen">
        <div className="phone-bar">
          <span>{sender}</span>
          <span>{w('now')}</span>
        </div>
        {children}
      </div>
    </figure>
  );
}

function Message({ preview, sender }: { preview: MessagePreview; sender: string }) {
  const w = useWords(phoneWords);
  switch (preview.form) {
    case 'template':
      return (
        <div className="phone-card">
          <strong>{preview.title || sender}</strong>
          <dl className="phone-lines">
            {preview.lines.map((line) => (
              <div key={line.label}>
                <dt>{line.label}</dt>
                <dd>{line.text || w('blank')}</dd>
              </div>
            ))}
          </dl>
          <div className="phone-foot">{w(preview.channel === 'wechat-official' ? 'openPage' : 'open')}</div>
        </div>
      );
    case 'textcard':
      return (
        <div className="phone-card">
          <strong>{preview.title || w('blank')}</strong>
          <p>{preview.text}</p>
          <div className="phone-foot">{preview.buttonText}</div>
        </div>
      );
    case 'card':
      return <QuestionCard preview={preview} />;
    case 'mail':
      return (
        <div className="phone-card">
          <strong>{preview.title || w('blank')}</strong>
          <p>{preview.text || w('blank')}</p>
        </div>
      );
    case 'text':
      return <div className="phone-bubble">{preview.text || w('blank')}</div>;
  }
}

function QuestionCard({ preview }: { preview: MessagePreview }) {
  const w = useWords(phoneWords);
  return (
    <div className="phone-card">
      <strong>{preview.title}</strong>
      {preview.text ? <p>{preview.text}</p> : null}
      {preview.questions.map((question) => (
        <div key={question.title} className="phone-question">
          {question.title}
          <ul>
            {question.options.map((option) => (
              <li key={option} className={question.mode}>
                {option}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className="phone-button">{preview.buttonText || w('submit')}</div>
    </div>
  );
}
