import { useEffect, useRef, useState } from 'react';
import { BRIDGE_MARK, type BridgeRequest, readBridgeRequest } from '../../bridge';
import { deskClient, type PhoneView, type TemplateView } from '../desk-client';
import { icons } from '../icons';
import { useWords } from '../words';
import type { Opened } from './use-hands';

interface ViewProps {
  readonly opened: Opened;
  readonly slot: number;
  readonly view: PhoneView;
  readonly ask: (templates: readonly TemplateView[]) => Promise<Record<string, string>>;
  readonly onClose: () => void;
}

/** A page inside the phone: the mini-program's shell over WeChat, a browser over the others. The frame is 375 wide, scaled. */
export function WebView(props: ViewProps) {
  const { opened, slot, onClose } = props;
  const word = useWords();
  const frame = useRef<HTMLIFrameElement>(null);
  const [round, setRound] = useState(0);
  useBridge(frame, props);
  const { isMini } = opened;
  return (
    <div className={`web-view ${isMini ? 'is-mini' : ''}`}>
      <div className="web-head">
        {isMini ? (
          <>
            <span className="web-title">{word('miniName')}</span>
            <span className="capsule">
              <button type="button" aria-label={word('reload')} title={word('reload')} onClick={() => setRound(round + 1)}>
                {icons.more}
              </button>
              <button type="button" aria-label={word('close')} title={word('close')} onClick={onClose}>
                {icons.target}
              </button>
            </span>
          </>
        ) : (
          <>
            <button type="button" className="web-done" onClick={onClose}>
              {word('done')}
            </button>
            <span className="web-host">
              {icons.lock}
              {new URL(opened.url).host}
            </span>
            <button type="button" className="web-reload" aria-label={word('reload')} onClick={() => setRound(round + 1)}>
              {icons.reload}
            </button>
          </>
        )}
      </div>
      <div className="web-frame">
        <iframe
          key={`${opened.url}#${round}`}
          ref={frame}
          name={`phone-${slot}`}
          src={opened.url}
          title={`${props.view.persona.name} · ${word('miniName')}`}
        />
      </div>
    </div>
  );
}

/** Answers what the framed page asks of the phone, and nobody else: only messages from this very frame count. */
function useBridge(frame: React.RefObject<HTMLIFrameElement | null>, props: ViewProps): void {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const listen = (event: MessageEvent<unknown>): void => {
      const source = frame.current?.contentWindow;
      const request = source && event.source === source ? readBridgeRequest(event.data) : null;
      if (!request || !source) return;
      const answer = (body: object): void => source.postMessage({ suiban: BRIDGE_MARK, id: request.id, ...body }, event.origin);
      perform(latest.current, request).then(
        (result) => answer({ result }),
        (error: unknown) => answer({ error: { errCode: -1, errMsg: error instanceof Error ? error.message : String(error) } }),
      );
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, [frame]);
}

async function perform({ view, opened, ask, onClose }: ViewProps, { method, args }: BridgeRequest): Promise<object> {
  const { persona, templates } = view;
  if (method === 'persona') return { name: persona.name, platform: opened.app };
  if (method === 'close') {
    onClose();
    return {};
  }
  if (opened.app !== 'wechat' || !opened.isMini) throw new Error('only inside the mini-program');
  if (method === 'login') return { code: (await deskClient.login(persona.id)).code };
  if (method === 'getPhoneNumber') return { code: (await deskClient.sharePhone(persona.id)).code };
  const wanted = (args?.tmplIds ?? []).map((id) => templates.find((template) => template.id === id));
  const known = wanted.filter((template): template is TemplateView => template !== undefined);
  if (known.length === 0 || known.length !== wanted.length) throw new Error('20001 no such template');
  return ask(known);
}
