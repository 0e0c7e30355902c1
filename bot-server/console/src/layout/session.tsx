import { cityApi, type PublicCity } from '@suiban/shared/api/city';
import { identityApi, type Me } from '@suiban/shared/api/identity';
import { useQueryClient } from '@tanstack/react-query';
import { Flex, Spin } from 'antd';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { onSignedOut } from '../api/client';
import { useRead } from '../api/hooks';
import { ProblemAlert } from '../ui/problem-alert';

interface Session {
  me: Me;
  city: PublicCity;
  /** True when this official holds `<module>.<permission>`. */
  may: (permission: string) => boolean;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside the signed-in part');
  return session;
}

/** Everything behind it is shown to a signed-in official only; afterwards the page that was asked for opens. */
export function SignedIn({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const location = useLocation();
  const me = useRead(identityApi.getMe);
  const city = useRead(cityApi.getCity);
  useEffect(() => onSignedOut(() => client.setQueryData([identityApi.getMe.id, identityApi.getMe.path], null)), [client]);
  if (me.data === null || me.error?.is('kernel:not-signed-in')) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  if (me.data && city.data) {
    const held = new Set(me.data.permissions);
    return (
      <SessionContext.Provider value={{ me: me.data, city: city.data, may: (permission) => held.has(permission) }}>
        {children}
      </SessionContext.Provider>
    );
  }
  const problem = me.error ?? city.error;
  return (
    <Flex justify="center" align="center" style={{ minHeight: '100vh', padding: 48 }}>
      {problem ? (
        <ProblemAlert
          problem={problem}
          onRetry={() => {
            me.refetch();
            city.refetch();
          }}
        />
      ) : (
        <Spin size="large" aria-label="正在打开" />
      )}
    </Flex>
  );
}
