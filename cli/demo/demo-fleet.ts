/** The tenants of the demonstration: fictitious names of the kinds that an MSP has. */
export const DEMO_TENANTS = [
  { id: '3d1c0000-0000-4000-8000-000000000001', name: 'Fabrikam GmbH', domains: ['fabrikam.example'] },
  { id: '3d1c0000-0000-4000-8000-000000000002', name: 'Contoso Oy', domains: ['contoso.example'] },
  { id: '3d1c0000-0000-4000-8000-000000000003', name: '青空商事株式会社', domains: ['aozora.example'] },
  { id: '3d1c0000-0000-4000-8000-000000000004', name: 'Northwind Traders', domains: ['northwind.example'] },
  { id: '3d1c0000-0000-4000-8000-000000000005', name: 'Adventure Works', domains: ['adventure-works.example'] },
  { id: '3d1c0000-0000-4000-8000-000000000006', name: 'Woodgrove Bank', domains: ['woodgrove.example'] },
] as const;

/** What the demonstration's tenants file says; the channel's URL is named, as everywhere. */
export const DEMO_FILE = {
  channels: {
    ops: { type: 'teams-workflow', url: { setting: 'DEMO_OPS_URL' }, language: 'en', timeZone: 'Europe/Helsinki' },
  },
  defaults: { channels: ['ops'] },
  tenants: DEMO_TENANTS,
} as const;
