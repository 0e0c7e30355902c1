import type { Call } from '../channel';

/** Where the personal link goes in the text. */
export const linkMark = '{link}';

/** `reference` comes back in the receipt: it settles what a lost answer left unknown. */
export function encodeCall(call: Call): string {
  const { body, attemptKey } = call.content;
  const [recipient] = call.recipients;
  if (body.channel !== 'sms' || recipient?.address.type !== 'mobile') throw new Error('an SMS goes to one mobile number');
  return JSON.stringify({
    to: recipient.address.mobile,
    signName: body.signName,
    text: body.text.replaceAll(linkMark, () => recipient.link),
    reference: referenceOf(attemptKey, recipient.ref),
  });
}

export const referenceOf = (attemptKey: string, ref: string): string => `${attemptKey}s${ref}`;
