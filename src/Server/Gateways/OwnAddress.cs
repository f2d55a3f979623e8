namespace Gatehouse.Gateways;

/// <summary>Our own public address, seen from outside: the way that customers come.</summary>
public static class OwnAddress
{
    private const int LongestAnswer = 4096;

    /// <summary>
    /// Asks for a page there, without following anywhere else; the status, and whether the answer says a word. Throws
    /// where nobody answers.
    /// </summary>
    public static async Task<(int Status, bool SaysIt)> Ask(Uri page, string word, CancellationToken stop)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { MaxResponseContentBufferSize = LongestAnswer };
        using var answer = await http.GetAsync(page, stop);
        var body = await answer.Content.ReadAsStringAsync(stop);
        return ((int)answer.StatusCode, body.Contains(word, StringComparison.Ordinal));
    }
}
