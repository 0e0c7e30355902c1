/** A request relative to the client's base URL. `body` travels byte for byte; `json` is serialised. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Begins with `/`; appended to the path of the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly json?: unknown;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole exchange. Default 10 s. */
  readonly timeoutMs?: number;
  /** Of the answer. Default 1 MiB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** The body as JSON. @throws OutboundError `not-json` */
  json(): unknown;
}

export interface OutboundClient {
  /** Any status is an answer; only a missing or unusable answer throws. Redirects are never followed: a 3xx is an answer. @throws OutboundError */
  request(request: OutboundRequest): Promise<OutboundAnswer>;
}

/** Two doors out of the process; nothing else opens a connection to another host. */
export interface Outbound {
  /** For base URLs from the environment. One pool and one circuit per base URL. @throws Error when the origin is not in the list given at start. */
  platform(baseUrl: string): OutboundClient;
  /** For URLs from people and documents: only public addresses, checked at the moment of connecting. @throws OutboundError `blocked` */
  guarded(url: string, options?: Omit<OutboundRequest, 'path' | 'query'>): Promise<OutboundAnswer>;
  close(): Promise<void>;
}
