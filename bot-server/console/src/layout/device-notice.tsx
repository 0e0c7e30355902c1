import { identityApi } from '@suiban/shared/api/identity';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Flex } from 'antd';
import { useState } from 'react';
import { call } from '../api/client';
import { toProblem } from '../api/hooks';
import { useWords } from '../i18n/language';
import { accountWords } from './account.words';
import { useSession } from './session';

/** A sign-in from a device that was not seen before: the official says whether it was them. */
export function DeviceNotice({ onChangePassword }: { onChangePassword: () => void }) {
  const w = useWords(accountWords);
  const { me } = useSession();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  // Demo accounts are everybody's: each browser would be a new device, and their password stays.
  if (me.newDevices.length === 0 || me.isDemo) return null;
  const acknowledge = async () => {
    setBusy(true);
    try {
      for (const { deviceId } of me.newDevices) await call(identityApi.acknowledgeDevice, { params: { deviceId } });
      await client.invalidateQueries({ queryKey: [identityApi.getMe.id] });
    } catch (error) {
      const problem = toProblem(error);
      if (!problem) throw error;
      void message.error(problem.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert
      banner
      type="warning"
      showIcon
      title={`${w('newDevice', { devices: me.newDevices.map(({ device }) => device).join('、') })}。${w('newDeviceHint')}`}
      action={
        <Flex gap={8}>
          <Button size="small" loading={isBusy} onClick={() => void acknowledge()}>
            {w('wasMe')}
          </Button>
          <Button size="small" onClick={onChangePassword}>
            {w('changePassword')}
          </Button>
        </Flex>
      }
    />
  );
}
