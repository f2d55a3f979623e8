using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// How keys are kept: 178 random bits need no slow hash, but one that a stolen database cannot compute.
/// </summary>
public static class ApiKeyHashes
{
    public static byte[] HashOf(this MasterKey key, Secret apiKey) => key.Hash(HashPurpose.ApiKey, apiKey.Reveal());

    public static byte[] HashOfService(this MasterKey key, Secret serviceKey) =>
        key.Hash(HashPurpose.ServiceKey, serviceKey.Reveal());
}
