export interface Appearance {
  isDark: boolean;
  /** Size of text the person chose in the system, 1 = standard. */
  fontScale: number;
}

/** What WeChat, Alipay and a browser do each in its own way. One implementation per platform, chosen by the build. */
export interface Platform {
  readonly kind: 'weapp' | 'alipay' | 'h5';
  /** Empty = the page's own origin. */
  readonly apiBaseUrl: string;
  /** Sign-in without a form; absent where only a phone code works. */
  readonly signIn?: { readonly platform: 'wechat-mini' | 'alipay-mini'; code(): Promise<string> };
  /** On the web, inside an app whose own page signs people in: leaves this page; it comes back at `account/oauth`. */
  readonly browserSignIn?: { readonly client: 'wechat-official' | 'wecom'; leave(): void };
  /**
   * Asks for permission to send these messages. Must be called straight from a tap: WeChat refuses once a timer has run.
   * Absent where the platform has no such messages.
   */
  readonly askToSubscribe?: (templateIds: readonly string[]) => Promise<Readonly<Record<string, 'accept' | 'reject'>>>;
  appearance(): Appearance;
  onAppearanceChange(listener: () => void): void;
  /** Puts the theme where it reaches beyond the page's own view (status bar, overscroll, `<html lang>`). */
  paint(theme: { variables: Readonly<Record<string, string>>; isDark: boolean; language: 'zh' | 'en' }): void;
  /** Calls the listener with the state of the network now (perhaps a little later) and at each change, until the returned function is called. */
  followNetwork(listener: (isConnected: boolean) => void): () => void;
  /** Fetches a file of the server with the token and shows it in the platform's own viewer (on the web: as a download). @throws where it cannot */
  openFile(file: { path: string; token: string; fileName: string; mimeType: string }): Promise<void>;
  /** Unique, not secret: it tells one request from a repeat of it. */
  randomId(): string;
}
