import { useEffect, useState } from 'react';
import { platform } from '@/platform/current';

/** True while the device says that it has no network. */
export function useIsOffline(): boolean {
  const [isOffline, setOffline] = useState(false);
  useEffect(() => platform.followNetwork((isConnected) => setOffline(!isConnected)), []);
  return isOffline;
}
