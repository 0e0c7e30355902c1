export { type SandboxTemplate, sandboxAccounts, sandboxPaths, sandboxSmtpPort } from './accounts';
export { type SandboxPersona, sandboxPersonas } from './personas';
