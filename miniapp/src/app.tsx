import { useDidShow } from '@tarojs/taro';
import { type PropsWithChildren, useEffect } from 'react';
import './platform/mini/polyfills';
import './app.scss';
import { cityStore, loadCity } from './features/city';
import { restoreIdentity } from './features/identity';
import { restorePreferences } from './features/preferences';
import { sessions } from './features/session';
import { followAppearance, paintCityColour, startTheme } from './ui/theme';

restorePreferences();
sessions.restore();
restoreIdentity();

export default function App({ children }: PropsWithChildren) {
  useEffect(() => {
    startTheme();
    const stop = cityStore.follow(() => paintCityColour(cityStore.get()?.primaryColour ?? ''));
    void loadCity();
    return stop;
  }, []);
  useDidShow(followAppearance);
  return children;
}
