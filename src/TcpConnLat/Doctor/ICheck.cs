namespace TcpConnLat.Doctor;

/// <summary>Looks at one property of the system.</summary>
internal interface ICheck
{
    /// <summary>The property.</summary>
    string Subject { get; }

    /// <summary>Judges the property.</summary>
    /// <param name="facts">The system.</param>
    CheckResult Judge(SystemFacts facts);
}
