namespace ConnectLoad;

/// <summary>The command line or a line of the plan cannot be understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
