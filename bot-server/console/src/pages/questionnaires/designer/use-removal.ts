import { App } from 'antd';
import { useWords } from '../../../i18n/language';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { dependentsOf, numberOf, removePage, removeQuestion, type Selection, wholeForm } from './document-edits';

/** Removes at once what nothing depends on (undo brings it back); else says first what would break. */
export function useRemoval(): (selection: Selection) => void {
  const w = useWords(designerWords);
  const { editor } = useDesigner();
  const { modal } = App.useApp();
  const { document } = editor;
  const questionName = (id: string, title: string) => w('questionNamed', { number: numberOf(document, id), title: title || w('untitled') });

  const next = (selection: Selection): Selection => {
    const questions = document.pages.flatMap((page) => page.questions);
    if (selection.of !== 'question') return wholeForm;
    const at = questions.findIndex((each) => each.id === selection.questionId);
    const neighbour = questions[at + 1] ?? questions[at - 1];
    return neighbour ? { of: 'question', questionId: neighbour.id } : wholeForm;
  };
  const remove = (selection: Selection) =>
    editor.edit(
      (before) =>
        selection.of === 'question'
          ? removeQuestion(before, selection.questionId)
          : selection.of === 'page'
            ? removePage(before, selection.pageId)
            : before,
      { select: next(selection) },
    );
  return (selection) => {
    if (selection.of === 'form') return;
    const page = selection.of === 'page' ? document.pages.find((each) => each.id === selection.pageId) : undefined;
    const going = selection.of === 'question' ? [selection.questionId] : (page?.questions.map((each) => each.id) ?? []);
    const within = new Set(going);
    const losers = going.flatMap((id) => dependentsOf(document, id, within));
    if (losers.length === 0 && going.length <= 1) return remove(selection);
    const names = [...new Set(losers)].map((each) => questionName(each.id, each.title.zh)).join('；');
    modal.confirm({
      title: page ? w('removePageTitle', { count: going.length }) : w('removeQuestionTitle'),
      content: losers.length > 0 ? w('removeBreaks', { names }) : w('removeUndo'),
      okText: page ? w('removePage') : w('removeQuestion'),
      okButtonProps: { danger: true },
      onOk: () => remove(selection),
    });
  };
}
