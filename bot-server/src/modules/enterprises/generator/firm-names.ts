import { pick } from './random';

const firsts = [
  ...'云禾青竹明远嘉和瑞泽清江晨光海棠石桥梧桐听雨东篱南枝小满春山长风百川广福同心永安新苑金穗银杏柳岸荷塘'.matchAll(/../g),
].map(String);
const seconds = [...'源盛顺泰祥丰达昌隆兴茂信诚恒升悦景驰翔拓展创卓越博雅品味馨悦'.matchAll(/../g)].map(String);

interface NameForm {
  readonly codes: string;
  readonly kinds: readonly string[];
}

/** What firms of an industry are called, by the beginning of its code; the longest wins. */
const forms: readonly NameForm[] = [
  { codes: '62', kinds: ['餐饮管理有限公司', '饭店', '面馆', '小吃店', '火锅店', '酒家', '食府', '餐厅'] },
  { codes: '6220', kinds: ['快餐店', '简餐店', '餐饮服务有限公司'] },
  { codes: '61', kinds: ['宾馆', '酒店管理有限公司', '民宿'] },
  { codes: '52', kinds: ['商贸有限公司', '百货店', '便利店', '超市', '书店'] },
  { codes: '51', kinds: ['贸易有限公司', '批发部', '供应链有限公司'] },
  { codes: '65', kinds: ['软件有限公司', '信息技术有限公司', '数字科技有限公司'] },
  { codes: '64', kinds: ['网络科技有限公司', '互联网服务有限公司'] },
  { codes: '54', kinds: ['物流有限公司', '运输有限公司', '货运代理有限公司'] },
  { codes: '60', kinds: ['快递服务有限公司', '速递有限公司'] },
  { codes: '59', kinds: ['仓储有限公司', '装卸服务有限公司'] },
  { codes: '7020', kinds: ['物业管理有限公司', '物业服务有限公司'] },
  { codes: '70', kinds: ['房地产经纪有限公司', '置业有限公司'] },
  { codes: '47', kinds: ['建筑工程有限公司'] },
  { codes: '50', kinds: ['装饰工程有限公司', '装修设计有限公司'] },
  { codes: '72', kinds: ['企业管理有限公司', '咨询有限公司', '人力资源有限公司', '会展服务有限公司'] },
  { codes: '', kinds: ['制造有限公司', '机械有限公司', '科技有限公司', '实业有限公司'] },
];

/** A name that says its trade and that it is synthetic: 云禾顺泰面馆（演示）. `mark` is the city's word for it. */
export function firmName(random: () => number, industryCode: string, mark: string): string {
  const form = forms.reduce((best, each) => (industryCode.startsWith(each.codes) && each.codes.length > best.codes.length ? each : best), {
    codes: '',
    kinds: forms.at(-1)?.kinds ?? [],
  });
  return `${pick(random, firsts)}${pick(random, seconds)}${pick(random, form.kinds)}（${mark}）`;
}
