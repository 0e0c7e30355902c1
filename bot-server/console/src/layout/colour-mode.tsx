import {
  chartColours,
  cssVariables,
  fontFamily,
  motion,
  overlayShadow,
  type Palette,
  palettes,
  radiusPx,
  type Scheme,
  typeScalesPx,
} from '@suiban/shared/design';
import { ConfigProvider, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useLanguage } from '../i18n/language';

type Algorithm = typeof theme.darkAlgorithm;
export type ColourMode = Scheme | 'system';

interface Colours {
  mode: ColourMode;
  setMode: (mode: ColourMode) => void;
  isDark: boolean;
  chartColours: readonly string[];
  ink2: string;
}

const ColourContext = createContext<Colours | null>(null);
const storageKey = 'suiban.console.colour';

export function useColourMode(): Colours {
  const colours = useContext(ColourContext);
  if (!colours) throw new Error('useColourMode outside its provider');
  return colours;
}

function useMedia(text: string): boolean {
  const query = useMemo(() => window.matchMedia(text), [text]);
  const [matches, setMatches] = useState(query.matches);
  useEffect(() => {
    const onChange = () => setMatches(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [query]);
  return matches;
}

const softGrounds: Readonly<Record<Scheme, Record<`color${'Success' | 'Warning' | 'Error' | 'Info'}${'Bg' | 'Border'}`, string>>> = {
  light: {
    colorSuccessBg: '#E7F5EE',
    colorSuccessBorder: '#B5DCC8',
    colorWarningBg: '#FDF3E2',
    colorWarningBorder: '#EBD2A6',
    colorErrorBg: '#FDEDEA',
    colorErrorBorder: '#F1BFB7',
    colorInfoBg: '#E8F0FE',
    colorInfoBorder: '#BBD0F5',
  },
  dark: {
    colorSuccessBg: '#12291F',
    colorSuccessBorder: '#24513B',
    colorWarningBg: '#2C2213',
    colorWarningBorder: '#5A4420',
    colorErrorBg: '#331A16',
    colorErrorBorder: '#673129',
    colorInfoBg: '#17253D',
    colorInfoBorder: '#2D4670',
  },
};

/** antd lightens on hover, which loses contrast on a light ground: ours darkens there. */
const hovers = {
  light: { colorPrimaryHover: '#174FA8', colorPrimaryActive: '#123E85', colorLinkHover: '#174FA8', colorLinkActive: '#123E85' },
  dark: { colorPrimaryHover: '#8AB4F8', colorPrimaryActive: '#A6C6FA', colorLinkHover: '#8AB4F8', colorLinkActive: '#A6C6FA' },
} as const satisfies Readonly<Record<Scheme, object>>;

/** antd's dark algorithm dims the colours it is given; ours are chosen for the dark ground and stay as they are. */
const pinned =
  (palette: Palette): Algorithm =>
  (seed, derived) => ({
    ...(derived ?? theme.defaultAlgorithm(seed)),
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: palette.primary,
    colorSuccess: palette.good,
    colorWarning: palette.warn,
    colorError: palette.bad,
  });

/** antd's tokens from ours: one visual language for console, phone and print. */
function antdTheme(scheme: Scheme, isStill: boolean) {
  const palette = palettes[scheme];
  const type = typeScalesPx.console;
  return {
    algorithm: [scheme === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm, pinned(palette)],
    token: {
      colorPrimary: palette.primary,
      ...hovers[scheme],
      colorInfo: palette.primary,
      colorLink: palette.primary,
      colorSuccess: palette.good,
      colorWarning: palette.warn,
      colorError: palette.bad,
      // Soft grounds of tags and alerts: antd's own are too dark for words in the state's colour (4.5:1).
      ...softGrounds[scheme],
      colorText: palette.ink,
      colorTextSecondary: palette.ink2,
      colorTextTertiary: palette.ink3,
      colorTextDescription: palette.ink3,
      colorTextPlaceholder: palette.ink3,
      colorTextLightSolid: palette.onPrimary,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.card,
      colorBgElevated: palette.card,
      colorBorder: scheme === 'dark' ? palette.line : '#C9D0DA',
      colorBorderSecondary: palette.line,
      borderRadius: radiusPx.control,
      borderRadiusLG: radiusPx.card,
      fontFamily,
      fontSize: type.text,
      fontSizeLG: type.lead,
      fontSizeSM: type.hint,
      fontSizeHeading1: type.display,
      fontSizeHeading2: type.title,
      fontSizeHeading3: type.lead,
      motion: !isStill,
      motionDurationMid: `${motion.durationMs}ms`,
      boxShadowSecondary: overlayShadow[scheme],
      controlHeight: 36,
    },
    components: {
      Layout: { siderBg: palette.card, bodyBg: palette.ground },
      Menu: {
        subMenuItemBg: palette.card,
        itemSelectedBg: palette.primarySoft,
        itemSelectedColor: palette.primary,
        itemBorderRadius: radiusPx.control,
      },
      Table: { headerBg: palette.card, headerColor: palette.ink2, rowHoverBg: palette.primarySoft },
      Card: { headerFontSize: type.lead },
    },
  };
}

export function ColourModeProvider({ children }: { children: ReactNode }) {
  const { lang } = useLanguage();
  const system: Scheme = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  const [mode, setMode] = useState<ColourMode>(() => {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  });
  const scheme = mode === 'system' ? system : mode;
  useEffect(() => {
    localStorage.setItem(storageKey, mode);
    const root = document.documentElement;
    root.style.colorScheme = scheme;
    for (const [name, value] of Object.entries(cssVariables(scheme, 'console'))) root.style.setProperty(name, value);
  }, [mode, scheme]);
  const value = useMemo(
    () => ({ mode, setMode, isDark: scheme === 'dark', chartColours: chartColours[scheme], ink2: palettes[scheme].ink2 }),
    [mode, scheme],
  );
  return (
    <ColourContext.Provider value={value}>
      <ConfigProvider theme={antdTheme(scheme, isStill)} locale={lang === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
        {children}
      </ConfigProvider>
    </ColourContext.Provider>
  );
}
