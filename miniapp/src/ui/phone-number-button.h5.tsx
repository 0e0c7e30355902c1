/** A browser knows no number: nothing is drawn. */
export const PhoneNumberButton = () => null;
