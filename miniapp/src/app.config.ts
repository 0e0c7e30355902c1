const isWeapp = process.env.TARO_ENV === 'weapp';
const isWeb = process.env.TARO_ENV === 'h5';
// Only WeChat reads theme.json; the others get the light colours, and the pages themselves follow the theme.
const themed = (name: string, light: string) => (isWeapp ? `@${name}` : light);

const tab = (name: string, text: string) => ({
  pagePath: `pages/${name}/index`,
  text,
  iconPath: `assets/tabs/${name}.png`,
  selectedIconPath: `assets/tabs/${name}-on.png`,
});

export default defineAppConfig({
  pages: ['pages/home/index', 'pages/messages/index', 'pages/mine/index'],
  subPackages: [
    { root: 'packages/surveys', pages: ['pages/title/index', 'pages/answer/index', 'pages/review/index', 'pages/result/index'] },
    { root: 'packages/appeals', pages: ['pages/list/index', 'pages/detail/index', 'pages/new/index'] },
    {
      root: 'packages/account',
      pages: [
        'pages/sign-in/index',
        'pages/settings/index',
        'pages/legal/index',
        'pages/bind/index',
        // Only a browser is sent away to sign in, and comes back here.
        ...(isWeb ? ['pages/oauth/index'] : []),
      ],
    },
  ],
  preloadRule: {
    'pages/home/index': { network: 'all', packages: ['packages/surveys', 'packages/appeals'] },
  },
  window: {
    navigationBarTitleText: '随办',
    navigationBarBackgroundColor: themed('ground', '#F4F6F9'),
    navigationBarTextStyle: (isWeapp ? '@barText' : 'black') as 'black',
    backgroundColor: themed('ground', '#F4F6F9'),
    backgroundTextStyle: (isWeapp ? '@pullText' : 'dark') as 'dark',
  },
  tabBar: {
    // On the web the pages draw their own bar (ui/tab-bar.tsx): Taro's has no readable names and does not grow in care mode.
    custom: isWeb,
    color: themed('tab', '#636B79'),
    selectedColor: themed('tabOn', '#1B5FCC'),
    backgroundColor: themed('card', '#FFFFFF'),
    borderStyle: (isWeapp ? '@border' : 'black') as 'black',
    list: [tab('home', '首页'), tab('messages', '消息'), tab('mine', '我的')],
  },
  lazyCodeLoading: 'requiredComponents',
  ...(isWeapp ? { darkmode: true, themeLocation: 'theme.json', sitemapLocation: 'sitemap.json', __usePrivacyCheck__: true } : {}),
});
