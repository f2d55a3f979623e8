// What the machine allows: Kestrel with one endpoint that reads nothing and answers a constant.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapGet("/", () => "{\"data\":{}}");
app.Run();
