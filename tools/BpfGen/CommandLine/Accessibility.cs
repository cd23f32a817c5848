namespace BpfGen.CommandLine;

/// <summary>Who may use the class.</summary>
internal enum Accessibility
{
    /// <summary>The assembly that it is compiled into.</summary>
    Internal,

    /// <summary>Everybody.</summary>
    Public,
}
