import { type ReactNode, useState } from 'react';
import { deskClient, type Platform, type ScriptView } from '../desk-client';
import { icons } from '../icons';
import { useWords, type WordKey } from '../words';
import { PlatformChoice, platforms, type Scope } from './platform-choice';

const HOUR_MS = 3600_000;
const LATENCIES = [0, 200, 1000, 5000, 30_000];
const QUOTAS = [0, 10, 100];
const CLOCKS: readonly (readonly [WordKey, number])[] = [
  ['now', 0],
  ['plusHour', HOUR_MS],
  ['plusDay', 24 * HOUR_MS],
  ['plusWeek', 168 * HOUR_MS],
];
const BURSTS: readonly (readonly [WordKey, { next?: number; rate?: number } | null])[] = [
  ['none', null],
  ['next3', { next: 3 }],
  ['share10', { rate: 0.1 }],
  ['share50', { rate: 0.5 }],
  ['always', { rate: 1 }],
];

/** The code each platform gives when it is busy. */
const CODES: Record<Platform, string> = {
  wecom: '-1',
  wechat: '-1',
  'wechat-official': '-1',
  alipay: 'isp.unknow-error',
  'wechat-pay': 'SYSTEM_ERROR',
  sms: 'BUSY',
  email: '451',
};

interface SwitchesProps {
  readonly script: ScriptView | null;
  readonly isFailed: boolean;
  readonly onChanged: () => void;
}

export function Switches({ script, isFailed, onChanged }: SwitchesProps) {
  const word = useWords();
  const [scope, setScope] = useState<Scope>('all');
  const [problem, setProblem] = useState<string | null>(null);
  const set = (change: object): void => {
    deskClient.set(change).then(
      () => {
        setProblem(null);
        onChanged();
      },
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  const meant: readonly Platform[] = scope === 'all' ? platforms : [scope];
  const setAlike = (change: object): void => set(scope === 'all' ? change : { platform: scope, ...change });
  return (
    <section className="panel switches" aria-labelledby="switches-title">
      <div className="panel-head">
        <h2 id="switches-title">{word('switches')}</h2>
        <PlatformChoice value={scope} onPick={setScope} />
      </div>
      <SwitchGrid script={script} platforms={meant} set={set} setAlike={setAlike} />
      {problem || isFailed ? (
        <p className="panel-problem" role="alert">
          {problem ? `${word('failedAct')}${problem}` : word('failedLoad')}
        </p>
      ) : null}
      <div className="switch-actions">
        <button type="button" className="plain-button" onClick={() => setAlike({ revokeTokens: true })}>
          {word('revoke')}
        </button>
        <ResetButton onReset={() => set({ reset: true })}>{icons.reload}</ResetButton>
      </div>
    </section>
  );
}

interface GridProps {
  readonly script: ScriptView | null;
  readonly platforms: readonly Platform[];
  readonly set: (change: object) => void;
  /** The same change for all platforms meant. */
  readonly setAlike: (change: object) => void;
}

function SwitchGrid({ script, platforms, set, setAlike }: GridProps) {
  const word = useWords();
  const setEach = (change: (platform: Platform) => object): void => {
    for (const platform of platforms) set({ platform, ...change(platform) });
  };
  const first = script?.[platforms[0] ?? 'wecom'];
  return (
    <div className="switch-grid">
      <Choice
        label={word('latency')}
        value={String(first?.latencyMs.min ?? 0)}
        options={LATENCIES.map((ms) => [String(ms), ms === 0 ? word('none') : ms < 1000 ? `${ms} ms` : `${ms / 1000} s`])}
        onPick={(ms) => setAlike({ latencyMs: Number(ms) })}
      />
      <Choice
        label={word('errors')}
        value={burstKey(first?.errors ?? null)}
        options={BURSTS.map(([key]) => [key, word(key)])}
        onPick={(key) => setEach((platform) => ({ errors: burstOf(key, CODES[platform]) }))}
      />
      <Choice
        label={word('lost')}
        value={burstKey(first?.lostReplies ?? null)}
        options={[
          ['none', word('none')],
          ['next1', word('next1')],
          ['share50', word('share50')],
        ]}
        onPick={(key) => setAlike({ lostReplies: key === 'next1' ? { next: 1 } : burstOf(key, null) })}
      />
      <Choice
        label={word('quota')}
        value={String(first?.quotaLeft ?? 'none')}
        options={[['none', word('unlimited')], ...QUOTAS.map((left): [string, string] => [String(left), String(left)])]}
        onPick={(left) => setAlike({ quota: left === 'none' ? null : Number(left) })}
      />
      <Choice
        label={word('clock')}
        value={String(script?.clockOffsetMs ?? 0)}
        options={CLOCKS.map(([key, ms]) => [String(ms), word(key)])}
        onPick={(ms) => set({ clockOffsetMs: Number(ms) })}
      />
      <div className="switch">
        <span>{word('target')}</span>
        <output title={script?.push.target ?? ''}>{script?.push.target?.replace(/^https?:\/\//, '') ?? word('noTarget')}</output>
      </div>
    </div>
  );
}

const burstOf = (key: string, code: string | null): object | null => {
  const burst = BURSTS.find(([name]) => name === key)?.[1];
  return burst ? { ...burst, ...(code === null ? {} : { code }) } : null;
};

/** What a burst in force is called; a used-up one is none. */
function burstKey(burst: { next: number; rate: number } | null): string {
  if (!burst || (burst.next === 0 && burst.rate === 0)) return 'none';
  if (burst.next > 0) return burst.next === 1 ? 'next1' : 'next3';
  return burst.rate >= 1 ? 'always' : burst.rate >= 0.5 ? 'share50' : 'share10';
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onPick: (value: string) => void;
}

/** A value that is not on the list (set by a script) is shown as it is. */
function Choice({ label, value, options, onPick }: ChoiceProps) {
  const word = useWords();
  const isListed = options.some(([key]) => key === value);
  return (
    <label className={`switch ${(value === '0' && options[0]?.[0] === '0') || value === 'none' ? '' : 'is-on'}`}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onPick(event.target.value)}>
        {isListed ? null : <option value={value}>{`${word('custom')} ${value}`}</option>}
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Resetting throws messages away: it takes two clicks. */
function ResetButton({ onReset, children }: { onReset: () => void; children: ReactNode }) {
  const word = useWords();
  const [isArmed, setArmed] = useState(false);
  return (
    <button
      type="button"
      className={`plain-button ${isArmed ? 'is-danger' : ''}`}
      title={word('resetNote')}
      onBlur={() => setArmed(false)}
      onClick={() => {
        if (isArmed) onReset();
        setArmed(!isArmed);
      }}
    >
      {children}
      {isArmed ? word('resetSure') : word('reset')}
    </button>
  );
}
