import { sandboxPersonas } from '@suiban/shared/sandbox';
import type { Persona } from './people';

/** The people every sandbox begins with. */
export const seedPersonas: readonly Persona[] = sandboxPersonas.map((persona) => ({ ...persona, email: null, isSeeded: true }));
