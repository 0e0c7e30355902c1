import { useEffect, useState } from 'react';
import { icons } from '../icons';

const TICK_MS = 10_000;

export function StatusBar() {
  const [now, setNow] = useState(() => clockText());
  useEffect(() => {
    const timer = setInterval(() => setNow(clockText()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="status-bar" aria-hidden="true">
      <span>{now}</span>
      <i className="island" />
      <span className="status-icons">
        {icons.signal}
        {icons.wifi}
        <i className="battery" />
      </span>
    </div>
  );
}

const clockText = (): string =>
  new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    performance.timeOrigin + performance.now(),
  );
