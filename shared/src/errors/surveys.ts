import type { ProblemSection } from './section';

export const surveyProblems = {
  'surveys:invalid-document': { status: 400, title: '问卷内容不符合格式' },
  'surveys:document-has-errors': { status: 409, title: '问卷还有需要先改正的错误' },
  'surveys:closed': { status: 409, title: '本次问卷已经截止' },
  'surveys:already-answered': { status: 409, title: '贵单位已经提交过这份问卷' },
  'surveys:invalid-answers': { status: 400, title: '有些题目的回答需要修改' },
  'surveys:off-path': { status: 400, title: '回答了按条件不需要回答的题目' },
  'surveys:unknown-question': { status: 400, title: '问卷里没有这道题' },
  'surveys:wrong-version': { status: 409, title: '问卷版本不一致，请刷新后重新提交' },
} as const satisfies ProblemSection;
