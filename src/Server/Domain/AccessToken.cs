namespace Gatehouse.Domain;

/// <summary>
/// What a token says (RFC 7519). Signed, not secret; whether it still counts is the database's word, see
/// <see cref="SessionId"/> and <see cref="AccountVersion"/>.
/// </summary>
/// <param name="UserName">The claim <c>id</c>, which clients of the wire read.</param>
/// <param name="AccountId"><c>sub</c>.</param>
/// <param name="SessionId"><c>sid</c>: the login it belongs to.</param>
/// <param name="AccountVersion"><c>ver</c>.</param>
/// <param name="LoggedInAt"><c>orig_iat</c>: when the password was given; refreshing keeps it.</param>
/// <param name="IssuedAt"><c>iat</c>, in whole seconds.</param>
public sealed record AccessToken(
    string UserName, Guid AccountId, Guid SessionId, int AccountVersion, DateTime LoggedInAt, DateTime IssuedAt)
{
    /// <summary>Exactly how long a token works, and for how long after the login it can be refreshed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary><c>exp</c>: the first moment at which it works no more.</summary>
    public DateTime ExpiresAt => IssuedAt + Life;
}
