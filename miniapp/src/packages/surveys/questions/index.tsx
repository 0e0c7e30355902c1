import type { QuestionKind } from '@suiban/shared/surveys';
import type { ComponentType } from 'react';
import { DropdownView, MultipleView, SingleView } from './choices';
import { DateView, NpsView, NumberView, ScaleView } from './measured';
import type { QuestionViewProps } from './view';
import { LongTextView, TextView } from './written';

type Views = { readonly [Kind in QuestionKind]: ComponentType<QuestionViewProps<Kind>> };

/** One view per kind of question: a new kind does not compile without one. */
const views: Views = {
  single: SingleView,
  multiple: MultipleView,
  dropdown: DropdownView,
  text: TextView,
  longText: LongTextView,
  number: NumberView,
  scale: ScaleView,
  nps: NpsView,
  date: DateView,
};

export function QuestionView(props: QuestionViewProps<QuestionKind>) {
  const View = views[props.question.kind] as ComponentType<QuestionViewProps<QuestionKind>>;
  return <View key={props.question.id} {...props} />;
}
