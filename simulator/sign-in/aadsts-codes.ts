/** How the token endpoint says one failure. `{app}`, `{tenant}`, `{resource}` and `{detail}` are filled in. */
export interface SignInError {
  /** The OAuth `error` field. */
  readonly error: string;
  readonly status: number;
  readonly text: string;
}

/**
 * The codes that Entra ID is known to answer app-only sign-ins with, by what they mean. The real texts change without
 * notice; only the codes and, better, the OAuth error may be relied on.
 */
export const AADSTS_CODES: Readonly<Record<number, SignInError>> = {
  // The tenant is not set up: no consent, app missing or disabled.
  7000229: client("The client application '{app}' is missing service principal in the tenant '{tenant}'."),
  700016: unauthorized("Application with identifier '{app}' was not found in the directory '{tenant}'."),
  700011: unauthorized("Application with identifier '{app}' was not found in the directory."),
  65001: grant("The user or administrator has not consented to use the application with ID '{app}'."),
  650056: unauthorized('Misconfigured application: no permissions are requested, or consent is missing.'),
  650057: resource("Invalid resource. The resource '{resource}' is not listed in the application's permissions."),
  650051: grant('The service principal is already being created for this application. Try again later.'),
  90094: grant('Admin consent is required.'),
  90099: unauthorized(
    "The application '{app}' has not been authorized in the tenant '{tenant}'. Applications must be authorized to access the customer tenant before partner delegated administrators can use them. Please provide pre-consent or execute the appropriate Partner Center API to authorize the application.",
  ),
  7000112: unauthorized("Application '{app}' is disabled."),
  70001: unauthorized("The application '{app}' is disabled."),
  1000031: unauthorized("Application '{app}' cannot be accessed at this time."),
  // The tenant has no Exchange service.
  500014: resource(
    "The service principal for resource '{resource}' is disabled. This indicate that a subscription within the tenant has lapsed, or that the administrator has disabled the application for the tenant, preventing tokens from being issued for it.",
  ),
  500011: resource("The resource principal named '{resource}' was not found in the tenant named '{tenant}'."),
  650052: resource("The app needs access to a service ('{resource}') that the organization has not subscribed to."),
  // Our own credential.
  7000215: client("Invalid client secret provided for app '{app}'. Ensure the secret is the value, not the secret ID."),
  7000222: client("The provided client secret keys for app '{app}' are expired."),
  700027: client('The certificate with identifier used to sign the client assertion is not registered on application.'),
  7000218: client("The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
  50012: client('Authentication failed: the client assertion could not be validated.'),
  700030: client('Invalid certificate: the subject name in the certificate is not authorized.'),
  700213: client('No matching federated identity record found for presented assertion subject.'),
  700211: client('No matching federated identity record found for presented assertion issuer.'),
  700212: client('No matching federated identity record found for presented assertion audience.'),
  700229: unauthorized('Only app-only tokens can be used as Federated Identity Credentials for an Entra ID issuer.'),
  // The tenant is gone, never was, or lives in another cloud.
  90002: request("Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and cloud."),
  900023: request("Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain."),
  5000224: request('We are sorry, this resource is not available. The tenant may have been deleted.'),
  90038: request("The tenant '{tenant}' belongs to another national cloud."),
  900382: request('Confidential client is not supported in a cross-cloud request.'),
  900432: request('Confidential client is not supported in a cross-cloud request.'),
  // Policy of the tenant.
  53003: interaction('Access has been blocked by Conditional Access policies.'),
  530032: interaction('Blocked by security policy.'),
  530034: grant('A delegated administrator was blocked from accessing the tenant due to account risk.'),
  53011: grant('The user is blocked due to risk on the home tenant.'),
  500212: grant("The user's administrator has set an outbound access policy that does not allow access."),
  500213: grant("The resource tenant's cross-tenant access policy does not allow this access."),
  // Only with a user's delegated sign-in.
  50020: grant("User account from identity provider does not exist in tenant '{tenant}'."),
  50177: grant('The user account is an external account that does not exist in the tenant.'),
  50034: grant("The user account does not exist in the '{tenant}' directory."),
  50076: interaction('You must use multi-factor authentication to access the resource.'),
  50079: interaction('You must enroll in multi-factor authentication to access the resource.'),
  700082: grant('The refresh token has expired due to inactivity.'),
  70008: grant('The refresh token has expired.'),
  50173: grant('The provided grant has expired due to it being revoked.'),
  70043: grant('The refresh token has expired or is invalid due to sign-in frequency checks.'),
  9002313: request('Invalid request. Request is malformed or invalid.'),
  // The request itself is wrong.
  900144: request("The request body must contain the following parameter: '{detail}'."),
  900561: request('The endpoint only accepts POST requests.'),
  70003: {
    error: 'unsupported_grant_type',
    status: 400,
    text: "The app requested an unsupported grant type '{detail}'.",
  },
  1002012: scope(
    'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.',
  ),
  28000: scope('Provided value for the input parameter scope is not valid because it contains more than one resource.'),
  // Passing trouble of the service.
  50033: transient('A transient error has occurred. Please try again.'),
  50196: grant('The server terminated an operation because it encountered a client request loop.'),
  90006: transient('The service is temporarily unavailable. Please retry later.'),
  90012: transient('The request has timed out.'),
  90024: transient('The request budget was exceeded. A transient error occurred.'),
  90033: transient('A transient error has occurred. Please try again.'),
  90055: { ...transient('The request was denied because too many requests were received.'), status: 429 },
  90090: transient('The service is temporarily unavailable.'),
};

function client(text: string): SignInError {
  return { error: 'invalid_client', status: 401, text };
}

function unauthorized(text: string): SignInError {
  return { error: 'unauthorized_client', status: 400, text };
}

function grant(text: string): SignInError {
  return { error: 'invalid_grant', status: 400, text };
}

function resource(text: string): SignInError {
  return { error: 'invalid_resource', status: 400, text };
}

function request(text: string): SignInError {
  return { error: 'invalid_request', status: 400, text };
}

function interaction(text: string): SignInError {
  return { error: 'interaction_required', status: 400, text };
}

function scope(text: string): SignInError {
  return { error: 'invalid_scope', status: 400, text };
}

function transient(text: string): SignInError {
  return { error: 'temporarily_unavailable', status: 503, text };
}
