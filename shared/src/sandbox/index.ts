export { type SandboxTemplate, sandboxAccounts, sandboxPaths } from './accounts';
export { type SandboxPersona, sandboxPersonas } from './personas';
