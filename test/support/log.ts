import { type Logger, pino } from 'pino';

export const silentLog: Logger = pino({ level: process.env.TEST_LOG ?? 'silent' });
