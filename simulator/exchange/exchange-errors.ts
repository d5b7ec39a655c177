import { type Answer, json } from '../wire/reply.ts';

/** An error of a cmdlet: the real text hides in `details`, as `id|exception type|text`. */
export function cmdletError(status: number, code: string, exception: string, text: string): Answer {
  return json(status, {
    error: {
      code,
      message: 'Error executing cmdlet',
      details: [{ code: 'Client', target: '', message: `Ex6F9304|${exception}|${text}` }],
      innererror: {
        message: 'Error executing cmdlet',
        type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
        stacktrace: '   at Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
      },
    },
  });
}

/** The other form of a cmdlet's error: `details` holds a JSON text in a string. */
export function contextError(status: number, code: string, exception: string, text: string): Answer {
  const message = JSON.stringify({ Message: text, TypeName: exception, StackTrace: null, InnerError: null });
  return json(status, {
    error: { code, message: 'Error executing cmdlet', details: [{ code: 'Context', target: '', message }] },
  });
}

/** An error without details, as the gateway and the Admin API write it. */
export function plainError(status: number, code: string, message: string): Answer {
  return json(status, { error: { code, message } });
}

/** The text of a 403 when the app has no role in the tenant, or the role has not spread yet. */
export function roleMissingText(appId: string): string {
  return `[AuthZRequestId=6f1f4bd7-0c8e-4c0f-9d53-8f6f9a3f2b11][FailureCategory=AuthZ-CmdletAccessDeniedException] The role assigned to application ${appId} isn't supported in this scenario. Please check online documentation for assigning correct Directory Roles to Azure AD Application for EXO App-Only Authentication.`;
}

/** The refusal of a cmdlet that the role does not contain, or that does not exist. */
export function cmdletNotInRole(cmdlet: string): Answer {
  return cmdletError(
    403,
    'Forbidden',
    'System.Management.Automation.CommandNotFoundException',
    `The cmdlet '${cmdlet}' is not present in the role definition of the current user.`,
  );
}
