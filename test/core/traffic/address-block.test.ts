import { contains, isPublic, neighbourhoodOf, sourceOf, widthOf } from '../../../shared/core/traffic/address-block.ts';

describe('sources of addresses', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    [' 203.0.113.9 ', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
  ])('%s belongs to %s', (address, source) => {
    expect(sourceOf(address)).toBe(source);
  });

  test.each(['', '203.0.113', '203.0.113.256', '0x7f.1', '3405803785', 'host.example', '203.0.113.9/24'])(
    '%j is no address',
    (text) => {
      expect(sourceOf(text)).toBeNull();
    },
  );

  test('containment looks at bits and families', () => {
    expect(contains('203.0.113.0/28', '203.0.113.15')).toBe(true);
    expect(contains('203.0.113.0/28', '203.0.113.16')).toBe(false);
    expect(contains('203.0.113.0/28', '203.0.113.0/27')).toBe(false);
    expect(contains('2001:db8:1::/48', '2001:db8:1:2::/64')).toBe(true);
    expect(contains('0.0.0.0/0', '2001:db8::1')).toBe(false);
    expect(contains('nonsense', '203.0.113.9')).toBe(false);
    expect(contains('203.0.113.0/99', '203.0.113.9')).toBe(false);
  });

  test('width and neighbourhood', () => {
    expect(widthOf('203.0.113.0/27')).toEqual({ family: 4, prefix: 27 });
    expect(widthOf('2001:db8::1')).toEqual({ family: 6, prefix: 128 });
    expect(widthOf('service.example')).toBeNull();
    expect(neighbourhoodOf('203.0.113.9')).toBe('203.0.113.0/24');
    expect(neighbourhoodOf('2001:db8:1:2::/64')).toBe('2001:db8:1::/48');
  });

  test.each([
    ['203.0.113.9', true],
    ['10.1.2.3', false],
    ['127.0.0.1', false],
    ['169.254.1.1', false],
    ['100.64.0.1', false],
    ['fe80::1', false],
    ['2a00:1::1', true],
    ['', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });
});
