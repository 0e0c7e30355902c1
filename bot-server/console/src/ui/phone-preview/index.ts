export { InboxPreview, PhonePreview } from './phone-preview';
