import { questionsOf, type SurveyPage } from '@suiban/shared/surveys';
import { ConfigProvider } from 'antd';
import { useWords } from '../../../../i18n/language';
import { useDesigner } from '../designer-context';
import { changePage, numberOf } from '../document-edits';
import { FormSettings } from './form-settings';
import { LocalTextField } from './local-text-field';
import { QuestionSettings } from './question-settings';
import { settingsWords } from './settings.words';

/** What cannot be changed here is still there to be read. */
const readable = { token: { colorTextDisabled: 'var(--ink-2)' } };

/** The right column: what is selected, and all that can be set about it. */
export function Settings() {
  const w = useWords(settingsWords);
  const { editor, isReadOnly } = useDesigner();
  const { document, selection } = editor;
  const question = selection.of === 'question' ? questionsOf(document).find((each) => each.id === selection.questionId) : undefined;
  const page = selection.of === 'page' ? document.pages.find((each) => each.id === selection.pageId) : undefined;
  const title = question
    ? w('settingsOfQuestion', { number: numberOf(document, question.id) })
    : page
      ? w('settingsOfPage', { number: document.pages.indexOf(page) + 1 })
      : w('settingsOfForm');
  return (
    <ConfigProvider componentDisabled={isReadOnly} theme={isReadOnly ? readable : {}}>
      <h2 className="designer-panel-title">{title}</h2>
      <div className="settings" key={question?.id ?? page?.id ?? 'form'}>
        {question ? <QuestionSettings question={question} /> : page ? <PageSettings page={page} /> : <FormSettings />}
      </div>
    </ConfigProvider>
  );
}

function PageSettings({ page }: { page: SurveyPage }) {
  const w = useWords(settingsWords);
  const { editor } = useDesigner();
  return (
    <LocalTextField
      label={w('pageTitle')}
      help={w('pageTitleHelp')}
      maxLength={500}
      value={page.title}
      onChange={(title) =>
        editor.edit((before) => changePage(before, page.id, ({ title: _, ...rest }) => (title ? { ...rest, title } : rest)), {
          mark: `${page.id}/title`,
        })
      }
    />
  );
}
