using Microsoft.AspNetCore.Antiforgery;

namespace Gatehouse.WebConsole;

/// <summary>
/// Ties the forms of an account to its login: what one account's owner left open in a browser does nothing to the
/// account of the next one. Forms that need no login are anybody's.
/// </summary>
internal sealed class FormOwner : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => OwnerOf(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PrivateAttribute>() is null || additionalData == OwnerOf(context);

    private static string OwnerOf(HttpContext http) => http.Current()?.Caller.Session?.SessionId.ToString("D") ?? "";
}
