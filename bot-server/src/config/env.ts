import { z } from 'zod';

export type EnvSource = Readonly<Record<string, string | undefined>>;

const text = z.string().trim().min(1);
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);
const seconds = (max: number) => whole(1, max);
const urlOf = (...protocols: string[]) =>
  text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
const httpUrl = urlOf('http:', 'https:').transform((value) => value.replace(/\/+$/, ''));
const aesKey = text.regex(/^[A-Za-z0-9+/]{43}$/, 'must be 43 characters of A-Z a-z 0-9 + /');
const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values, `must be one of ${values.join(', ')}`);

const linkedCorps = text.transform((value, context) => {
  const list = z.array(z.strictObject({ corpId: text, agentId: z.number().int().positive(), secret: text }));
  try {
    return list.parse(JSON.parse(value));
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON: [{"corpId":"ww…","agentId":1000002,"secret":"…"}, …]' });
    return z.NEVER;
  }
});

const processVariables = {
  NODE_ENV: oneOf('development', 'test', 'production')
    .default('development')
    .describe('`production` refuses the sandbox and demo operators, and requires SUIBAN_SECRET_KEY.'),
  SUIBAN_ROLE: oneOf('web', 'worker', 'all')
    .default('all')
    .describe('`web` answers HTTP, `worker` runs tasks, `all` does both. `web` and `worker` need DATABASE_URL and REDIS_URL.'),
  PORT: whole(1, 65535).default(3000).describe('Port of the HTTP server. A worker answers /health, /ready and /metrics there.'),
  HOST: text.default('0.0.0.0').describe('Address to listen on.'),
  PUBLIC_BASE_URL: httpUrl.optional().describe('How phones and browsers reach the server. Default http://localhost:PORT.'),
  TRUSTED_PROXIES: whole(0, 5).default(0).describe('Reverse proxies in front: that many entries of X-Forwarded-For are believed.'),
  DATA_DIR: text.default('./.data').describe('Embedded database, uploaded files and the generated secret key.'),
  SUIBAN_CITY: text
    .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens')
    .default('shanghai')
    .describe('City profile: bot-server/city/<name>.yaml.'),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info').describe('Least severe lines that are written.'),
  METRICS_TOKEN: text.optional().describe('Bearer token for GET /metrics. Without it only loopback may read.'),
  SUIBAN_RATE_FACTOR: whole(1, 10000).default(1).describe('Multiplies every request budget; load tests and demos raise it.'),
  SUIBAN_CONSOLE_DIR: text.optional().describe('Built console, when it is not at bot-server/console/dist.'),
  SUIBAN_H5_DIR: text.optional().describe('Built web mini-program, when it is not at miniapp/dist/h5.'),
};

const storeVariables = {
  DATABASE_URL: urlOf('postgres:', 'postgresql:')
    .optional()
    .describe('PostgreSQL 15 or later. Without it an embedded database in DATA_DIR.'),
  REDIS_URL: urlOf('redis:', 'rediss:').optional().describe('Redis 7 or Valkey, noeviction + AOF. Without it tasks wait in the database.'),
  SUIBAN_MIGRATE: oneOf('yes', 'no').optional().describe('Migrate at start. Default yes, except a production `web`.'),
};

const secretVariables = {
  SUIBAN_SECRET_KEY: text
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('Every key is derived from it (HKDF). Without it, outside production, one is made once in DATA_DIR/secret.key.'),
  SUIBAN_FIELD_KEYS: text
    .regex(/^[a-z0-9-]+:[A-Za-z0-9+/]{43}=(,[a-z0-9-]+:[A-Za-z0-9+/]{43}=)*$/, 'must be <id>:<base64 of 32 bytes>[,<id>:<base64>…]')
    .optional()
    .describe('Rotation of field keys: the first seals, all open, and so does the one derived from SUIBAN_SECRET_KEY (id `base`).'),
};

const derBase64 = text
  .transform((value) => value.replace(/-----[A-Z ]+-----|\s/g, ''))
  .refine((value) => /^[A-Za-z0-9+/]{100,}={0,2}$/.test(value), 'must be a key or certificate in PEM, or its base64');

/** In a file of variables line ends are often written `\\n`. */
const pem = text
  .transform((value) => value.replaceAll('\\n', '\n'))
  .refine((value) => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(value), 'must be a certificate in PEM');

const templateList = text.transform((value, context) => {
  const keyword = z.strictObject({ key: text, name: text });
  const list = z.array(z.strictObject({ id: text, title: text, type: z.union([z.literal(2), z.literal(3)]), keywords: z.array(keyword) }));
  try {
    return list.parse(JSON.parse(value));
  } catch {
    const shape = '[{"id":"…","title":"…","type":2,"keywords":[{"key":"keyword1","name":"…"}]}]';
    context.addIssue({ code: 'custom', message: `must be JSON: ${shape} (type 2 = one-time, 3 = long-term)` });
    return z.NEVER;
  }
});

const officialVariables = {
  WECHAT_OFFICIAL_APP_ID: text
    .optional()
    .describe('Official Account. With it WECHAT_OFFICIAL_SECRET, _TOKEN and _ENCODING_AES_KEY are required.'),
  WECHAT_OFFICIAL_SECRET: text.optional().describe('AppSecret.'),
  WECHAT_OFFICIAL_TOKEN: text.optional().describe('Token of message push (safe mode).'),
  WECHAT_OFFICIAL_ENCODING_AES_KEY: aesKey.optional().describe('EncodingAESKey of message push.'),
};

const alipayVariables = {
  ALIPAY_API_BASE_URL: httpUrl.optional().describe('Default https://openapi.alipay.com.'),
  ALIPAY_APP_ID: text.optional().describe('Alipay mini-program. With it ALIPAY_APP_PRIVATE_KEY, ALIPAY_PUBLIC_KEY and ALIPAY_SELLER_ID.'),
  ALIPAY_APP_PRIVATE_KEY: derBase64.optional().describe('Private key of the app, RSA2, PKCS#8.'),
  ALIPAY_PUBLIC_KEY: derBase64.optional().describe('Public key of Alipay for this app.'),
  ALIPAY_APP_CERT: pem.optional().describe('Certificate mode: certificate of the app, PEM. With it ALIPAY_CERT and ALIPAY_ROOT_CERT.'),
  ALIPAY_CERT: pem.optional().describe('Certificate mode: certificate of Alipay, PEM. Takes the place of ALIPAY_PUBLIC_KEY.'),
  ALIPAY_ROOT_CERT: pem.optional().describe('Certificate mode: root certificates of Alipay, PEM, the whole file.'),
  ALIPAY_SELLER_ID: text.optional().describe('2088…: whose money payment notices must name.'),
  ALIPAY_TEMPLATES: templateList.optional().describe('Message templates the app may send, JSON.'),
};

const wechatPayVariables = {
  WECHAT_PAY_API_BASE_URL: httpUrl.optional().describe('Default https://api.mch.weixin.qq.com.'),
  WECHAT_PAY_MCH_ID: text
    .optional()
    .describe('Merchant. With it WECHAT_PAY_MERCHANT_SERIAL, _PRIVATE_KEY, _API_V3_KEY and WECHAT_MINI_APP_ID are required.'),
  WECHAT_PAY_MERCHANT_SERIAL: text.optional().describe('Serial number of the merchant certificate.'),
  WECHAT_PAY_PRIVATE_KEY: derBase64.optional().describe('Private key of the merchant.'),
  WECHAT_PAY_API_V3_KEY: z.string().length(32, 'must have 32 characters').optional().describe('APIv3 key.'),
  WECHAT_PAY_PUBLIC_KEY_ID: text.optional().describe('PUB_KEY_ID_…: the public-key mode. Without it platform certificates are fetched.'),
  WECHAT_PAY_PUBLIC_KEY: derBase64.optional().describe('Public key of WeChat Pay that belongs to it.'),
};

const platformVariables = {
  SANDBOX_URL: httpUrl.optional().describe('Emulators of the platforms: used for every platform without an account, shown at /sandbox.'),
  WECOM_API_BASE_URL: httpUrl.optional().describe('Default https://qyapi.weixin.qq.com.'),
  WECOM_CORP_ID: text.optional().describe('WeCom account. With it WECOM_AGENT_ID, _SECRET, _TOKEN and _ENCODING_AES_KEY are required.'),
  WECOM_AGENT_ID: whole(1, 2_000_000_000).optional().describe('Application (agent) that sends.'),
  WECOM_SECRET: text.optional().describe('Secret of the application.'),
  WECOM_TOKEN: text.optional().describe('Token of the callback URL.'),
  WECOM_ENCODING_AES_KEY: aesKey.optional().describe('EncodingAESKey of the callback URL.'),
  WECOM_LINKED_CORPS: linkedCorps.optional().describe('Joined corps, JSON: [{"corpId","agentId","secret"}].'),
  WECOM_ROBOT_KEY: text.optional().describe('Key of a group robot: its group hears when people wait for an operator.'),
  WECOM_DUPLICATE_CHECK_SEC: seconds(14_400).default(1800).describe('`duplicate_check_interval`: how long the platform swallows a repeat.'),
  WECHAT_API_BASE_URL: httpUrl.optional().describe('Default https://api.weixin.qq.com.'),
  WECHAT_MINI_APP_ID: text.optional().describe('Mini-program. With it WECHAT_MINI_SECRET, _TOKEN and _ENCODING_AES_KEY are required.'),
  WECHAT_MINI_SECRET: text.optional().describe('AppSecret.'),
  WECHAT_MINI_TOKEN: text.optional().describe('Token of message push.'),
  WECHAT_MINI_ENCODING_AES_KEY: aesKey.optional().describe('EncodingAESKey of message push.'),
  ...officialVariables,
  ...alipayVariables,
  ...wechatPayVariables,
  EMAIL_SMTP_URL: urlOf('smtp:', 'smtps:')
    .optional()
    .describe('Mail server, smtp://user:password@host:587. With it EMAIL_FROM is required.'),
  EMAIL_FROM: text.optional().describe('Sender of email, e.g. 随办 <notice@city.example>.'),
  SMS_GATEWAY_URL: httpUrl.optional().describe('HTTP gateway for SMS. With it SMS_GATEWAY_KEY is required.'),
  SMS_GATEWAY_KEY: text.optional().describe('Key of the gateway.'),
};

const dispatchVariables = {
  DISPATCH_BATCH_SIZE: whole(1, 2000).default(500).describe('Rows that one lease covers.'),
  DISPATCH_LEASE_SEC: seconds(60).default(45).describe('A batch whose worker died is taken over after this.'),
  DISPATCH_HEARTBEAT_SEC: seconds(30).default(15).describe('How often a lease is renewed. Below half of the lease.'),
  DISPATCH_WINDOW_SIZE: whole(1, 50).default(50).describe('Messages in flight per task where the platform does not recognise repeats.'),
  DISPATCH_CONCURRENCY: whole(1, 64).default(2).describe('Batches sent at once per process and account.'),
  DISPATCH_SWEEP_SEC: seconds(600).default(15).describe('How often lost wake-ups and dead leases are looked for.'),
};

/** Every variable the server reads, with its default and meaning. `npm run doctor` and the operations manual print from here. */
export const envSchema = z.object({
  ...processVariables,
  ...storeVariables,
  ...secretVariables,
  ...platformVariables,
  ...dispatchVariables,
});

export type Env = z.output<typeof envSchema>;

/** Variables whose value is never shown, logged or repeated in an error. */
export const secretNames: readonly (keyof Env)[] = [
  'SUIBAN_SECRET_KEY',
  'SUIBAN_FIELD_KEYS',
  'DATABASE_URL',
  'REDIS_URL',
  'METRICS_TOKEN',
  'WECOM_SECRET',
  'WECOM_TOKEN',
  'WECOM_ENCODING_AES_KEY',
  'WECOM_LINKED_CORPS',
  'WECOM_ROBOT_KEY',
  'WECHAT_MINI_SECRET',
  'WECHAT_MINI_TOKEN',
  'WECHAT_MINI_ENCODING_AES_KEY',
  'WECHAT_OFFICIAL_SECRET',
  'WECHAT_OFFICIAL_TOKEN',
  'WECHAT_OFFICIAL_ENCODING_AES_KEY',
  'ALIPAY_APP_PRIVATE_KEY',
  'ALIPAY_PUBLIC_KEY',
  'WECHAT_PAY_PRIVATE_KEY',
  'WECHAT_PAY_PUBLIC_KEY',
  'WECHAT_PAY_PUBLIC_KEY_ID',
  'WECHAT_PAY_API_V3_KEY',
  'EMAIL_SMTP_URL',
  'SMS_GATEWAY_KEY',
];

/** The only place that reads the process environment. An empty variable counts as absent. */
export const processEnv = (): EnvSource => process.env;

/** Parses variables; each broken rule is one line `NAME: rule`. */
export function parseEnv(source: EnvSource): { env: Env } | { problems: readonly string[] } {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return { env: parsed.data };
  return { problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
}
