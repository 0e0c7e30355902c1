export {
  type CampaignAction,
  type CampaignFacts,
  type CampaignRole,
  type CampaignState,
  type CampaignStep,
  campaignActionRules,
  campaignActions,
  campaignRoles,
  campaignStates,
  campaignStateWords,
  nextActions,
  stepCampaign,
} from './campaign';
export {
  type AddressKind,
  addressKindOf,
  addressKindWords,
  awaitingStaffWords,
  channelWords,
  type SendingChannel,
  sendingChannels,
} from './channels';
export {
  type DeliveryEvent,
  type DeliveryState,
  deliveryEvents,
  deliveryStates,
  deliveryStateWords,
  isSettled,
  ledgerWords,
  mergeReceipt,
  type Receipt,
  receiptEvent,
  stepDelivery,
} from './delivery';
export { type Proof, type ProofCounts, proofOf } from './proof';
