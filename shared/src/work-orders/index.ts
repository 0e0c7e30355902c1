export { type ActionRule, actionRules, type WorkOrderAction, workOrderActions } from './actions';
export {
  type ClockContext,
  type ClockKind,
  type ClockSetting,
  clocksOf,
  clockWords,
  defaultClocks,
  type RoundTimes,
  runningClock,
  silenceEndsAt,
  type WorkOrderClock,
} from './clocks';
export { type SentenceFacts, sentenceOf } from './sentence';
export {
  outcomeWords,
  roleWords,
  type SolvedAnswer,
  solvedAnswers,
  solvedWords,
  stateWords,
  type WorkOrderOutcome,
  type WorkOrderRole,
  type WorkOrderState,
  workOrderOutcomes,
  workOrderRoles,
  workOrderStates,
} from './states';
export {
  isConfirmedSolved,
  newWorkOrder,
  nextActions,
  type StepResult,
  stepWorkOrder,
  type WorkOrderFacts,
  type WorkOrderStep,
} from './step';
