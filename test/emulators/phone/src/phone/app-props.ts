import type { PhoneView } from '../desk-client';
import type { Thread } from '../threads';
import type { Hands } from './use-hands';

/** What an app of the phone shows and can do. */
export interface AppProps extends Hands {
  readonly view: PhoneView;
  /** The app's chats this person has; none: they do not have the app. */
  readonly threads: readonly Thread[];
  /** By chat. */
  readonly unread: ReadonlyMap<string, number>;
}
