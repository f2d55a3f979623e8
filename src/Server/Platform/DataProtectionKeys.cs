using System.Text;
using System.Xml.Linq;
using Gatehouse.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace Gatehouse.Platform;

/// <summary>
/// The framework's keys for antiforgery and cookies: in the database, sealed under the master key, so that every node
/// accepts the forms of every other and a copy of the database opens none.
/// </summary>
public sealed class DataProtectionKeys(IServiceScopeFactory scopes, MasterKey key, TimeProvider clock) : IXmlRepository
{
    private const string Prefix = "data-protection ";

    public static void AddTo(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("gatehouse");
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
            {
                options.XmlRepository = provider.GetRequiredService<DataProtectionKeys>();
                // Sealed as a whole in StoreElement; the framework insists on an encryptor of its own as well.
                options.XmlEncryptor = new AlreadySealed();
            }));
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        return [.. db.InstallationSecrets.Where(s => s.Name.StartsWith(Prefix)).AsEnumerable().Select(Open)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var name = Prefix + friendlyName;
        db.InstallationSecrets.Add(new InstallationSecret
        {
            Name = name,
            Sealed = key.Seal(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), name),
            CreatedAt = clock.UtcNow(),
        });
        db.SaveChanges();
    }

    private XElement Open(InstallationSecret row) =>
        XElement.Parse(Encoding.UTF8.GetString(key.Open(row.Sealed, row.Name)));

    private sealed class AlreadySealed : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
            new(new XElement("sealed", plaintextElement), typeof(AsItIs));
    }

    private sealed class AsItIs : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => encryptedElement.Elements().Single();
    }
}
