import { parseArgs } from 'node:util';
import { startEmulators } from './start-emulators';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '3010' }, host: { type: 'string', default: '127.0.0.1' }, 'push-target': { type: 'string' } },
});

try {
  const running = await startEmulators({
    port: Number(values.port),
    host: values.host,
    ...(values['push-target'] ? { pushTarget: values['push-target'] } : {}),
  });
  console.log(JSON.stringify({ emulators: running.url, phone: `${running.url}/phone/`, mail: running.smtpUrl !== null }));
  if (running.smtpUrl === null) console.error(`emulators: port ${running.port + 1} is taken, so nobody gets mail`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      void running.close().then(() => process.exit(0));
    });
} catch (error) {
  console.error(`emulators: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
