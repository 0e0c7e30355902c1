export interface Industry {
  /** GB/T 4754-2017, two or four digits. */
  readonly code: string;
  readonly label: { readonly zh: string; readonly en: string };
}

const industry = (code: string, zh: string, en: string): Industry => ({ code, label: { zh, en } });

/** The industries that campaigns of a city name; not the whole standard. A code without an entry shows its division's name. */
export const industries: readonly Industry[] = [
  industry('13', '农副食品加工业', 'Processing of farm produce'),
  industry('14', '食品制造业', 'Food'),
  industry('17', '纺织业', 'Textiles'),
  industry('18', '纺织服装、服饰业', 'Clothing'),
  industry('26', '化学原料和化学制品制造业', 'Chemicals'),
  industry('27', '医药制造业', 'Pharmaceuticals'),
  industry('34', '通用设备制造业', 'General machinery'),
  industry('35', '专用设备制造业', 'Special machinery'),
  industry('36', '汽车制造业', 'Motor vehicles'),
  industry('38', '电气机械和器材制造业', 'Electrical machinery'),
  industry('39', '计算机、通信和其他电子设备制造业', 'Computers and electronics'),
  industry('43', '金属制品、机械和设备修理业', 'Repair of machinery'),
  industry('47', '房屋建筑业', 'Construction of buildings'),
  industry('48', '土木工程建筑业', 'Civil engineering'),
  industry('49', '建筑安装业', 'Building installation'),
  industry('50', '建筑装饰、装修和其他建筑业', 'Building decoration'),
  industry('51', '批发业', 'Wholesale'),
  industry('52', '零售业', 'Retail'),
  industry('53', '铁路运输业', 'Rail transport'),
  industry('54', '道路运输业', 'Road transport'),
  industry('55', '水上运输业', 'Water transport'),
  industry('56', '航空运输业', 'Air transport'),
  industry('57', '管道运输业', 'Pipeline transport'),
  industry('58', '多式联运和运输代理业', 'Multimodal transport and forwarding'),
  industry('59', '装卸搬运和仓储业', 'Cargo handling and storage'),
  industry('60', '邮政业', 'Post'),
  industry('6020', '快递服务', 'Express delivery'),
  industry('61', '住宿业', 'Lodging'),
  industry('62', '餐饮业', 'Catering'),
  industry('6210', '正餐服务', 'Restaurants'),
  industry('6220', '快餐服务', 'Fast food'),
  industry('64', '互联网和相关服务', 'Internet services'),
  industry('65', '软件和信息技术服务业', 'Software and IT services'),
  industry('70', '房地产业', 'Real estate'),
  industry('7010', '房地产开发经营', 'Property development'),
  industry('7020', '物业管理', 'Property management'),
  industry('71', '租赁业', 'Leasing'),
  industry('72', '商务服务业', 'Business services'),
];

/** Name of the longest listed code that begins this one; the code itself where none does. */
export function industryLabel(code: string, lang: 'zh' | 'en'): string {
  for (let length = code.length; length >= 2; length -= 1) {
    const found = industries.find((item) => item.code === code.slice(0, length));
    if (found) return found.label[lang];
  }
  return code;
}

/** What officials mean by one word: some divisions of the standard, or a tag where the standard has no such industry. */
export interface IndustryGroup {
  readonly id: 'catering' | 'logistics' | 'online-economy' | 'real-estate';
  readonly label: { readonly zh: string; readonly en: string };
  readonly codePrefixes: readonly string[];
  readonly tag?: string;
}

export const industryGroups: readonly IndustryGroup[] = [
  { id: 'catering', label: { zh: '餐饮', en: 'Catering' }, codePrefixes: ['62'] },
  { id: 'logistics', label: { zh: '物流', en: 'Logistics' }, codePrefixes: ['53', '54', '55', '56', '57', '58', '59', '60'] },
  { id: 'online-economy', label: { zh: '在线新经济', en: 'New online economy' }, codePrefixes: [], tag: '在线新经济' },
  { id: 'real-estate', label: { zh: '房地产', en: 'Real estate' }, codePrefixes: ['70'] },
];

/** Groups that a firm with this industry and these tags belongs to. */
export const groupsOf = (industryCode: string, tags: readonly string[]): readonly IndustryGroup[] =>
  industryGroups.filter(
    (group) =>
      group.codePrefixes.some((prefix) => industryCode.startsWith(prefix)) || (group.tag !== undefined && tags.includes(group.tag)),
  );
