import type { DocumentFinding } from '@suiban/shared/surveys';
import { Result } from 'antd';
import { useLanguage, useWords } from '../../../i18n/language';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { numberOf, type Selection } from './document-edits';

const groups = ['publish', 'launch', 'nothing'] as const;

/** What stands in the way of publishing, of a launch, and of nothing; a click goes to the place. */
export function Checks({ onJump }: { onJump: () => void }) {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const { editor, findings } = useDesigner();
  const { document } = editor;
  if (findings.length === 0) return <Result status="success" title={w('noFindings')} subTitle={w('noFindingsHelp')} />;
  const placeOf = (finding: DocumentFinding): { name: string; selection: Selection } => {
    if (finding.where) {
      return {
        name: w('questionNumber', { number: numberOf(document, finding.where) }),
        selection: { of: 'question', questionId: finding.where },
      };
    }
    const page = document.pages[Number(/^\/pages\/(\d+)/.exec(finding.pointer)?.[1] ?? -1)];
    if (page) return { name: w('pageNumber', { number: document.pages.indexOf(page) + 1 }), selection: { of: 'page', pageId: page.id } };
    return { name: w('wholeForm'), selection: { of: 'form' } };
  };
  return (
    <>
      {groups.map((blocks) => {
        const own = findings.filter((each) => each.blocks === blocks);
        if (own.length === 0) return null;
        return (
          <section key={blocks} className="findings">
            <h3 className={`findings-title ${blocks}`}>{w(`blocks-${blocks}`, { count: own.length })}</h3>
            <ul className="plain-list">
              {own.map((finding) => {
                const { name, selection } = placeOf(finding);
                return (
                  <li key={`${finding.pointer} ${finding.rule}`}>
                    <button
                      type="button"
                      className="finding"
                      onClick={() => {
                        editor.select(selection);
                        onJump();
                      }}
                    >
                      <strong>{name}</strong>
                      <span>{finding.detail[lang]}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </>
  );
}
