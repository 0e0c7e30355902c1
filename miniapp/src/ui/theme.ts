import { useMemo } from 'react';
import { preferencesStore, usePreferences } from '@/features/preferences';
import { createStore, useStore } from '@/features/store';
import { platform } from '@/platform/current';
import type { Appearance } from '@/platform/port';
import { colourVariables, sizeVariables } from './palette';

export interface Theme {
  isDark: boolean;
  variables: Readonly<Record<`--${string}`, string>>;
}

const appearance = createStore<Appearance>({ isDark: false, fontScale: 1 });
const cityColour = createStore<string | undefined>(undefined);

/** Bounds inside which every page was looked at: smaller is hard to read, larger breaks lines at 320 px. */
const scaleBounds = { min: 0.9, max: 1.5, maxInCare: 1.15 };

export function themeOf({ isDark, fontScale }: Appearance, isCare: boolean, colour?: string): Theme {
  const scale = Math.min(Math.max(fontScale || 1, scaleBounds.min), isCare ? scaleBounds.maxInCare : scaleBounds.max);
  return { isDark, variables: { ...colourVariables(isDark ? 'dark' : 'light', colour), ...sizeVariables(isCare, scale) } };
}

function paintNow(): void {
  const { isCare, language } = preferencesStore.get();
  const { isDark, variables } = themeOf(appearance.get(), isCare, cityColour.get());
  platform.paint({ variables, isDark, language });
}

/** Reads the system's wishes; called at launch and whenever the app comes to the front (the size may have been changed outside). */
export function followAppearance(): void {
  const next = platform.appearance();
  const before = appearance.get();
  if (next.isDark !== before.isDark || next.fontScale !== before.fontScale) appearance.set(next);
  paintNow();
}

export function startTheme(): void {
  platform.onAppearanceChange(followAppearance);
  preferencesStore.follow(paintNow);
  cityColour.follow(paintNow);
  followAppearance();
}

export const paintCityColour = (colour: string): void => cityColour.set(colour);

export function useTheme(): Theme {
  const system = useStore(appearance);
  const colour = useStore(cityColour);
  const { isCare } = usePreferences();
  return useMemo(() => themeOf(system, isCare, colour), [system, isCare, colour]);
}
